package foldback.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** The PostgreSQL of a data directory, seen from beside the service that it belongs to. */
public final class Database {
    private final Path dataDir;

    public Database(Path dataDir) {
        this.dataDir = dataDir;
    }

    /** As the application's role, which is no superuser. */
    public Connection connect() throws SQLException {
        return connect("foldback", 1);
    }

    /** As a superuser, who can end the connections of others. */
    public Connection connectAsSuperuser() throws SQLException {
        return connect("postgres", 0);
    }

    private Connection connect(String user, int credential) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", lines(dataDir.resolve("credentials")).get(credential));
        properties.setProperty("ApplicationName", "chaos");
        String port = lines(pidFile()).get(3).strip();
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/foldback", properties);
    }

    /** The rows of a question, its columns as text, separated by a space. */
    public List<String> ask(String question) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(question)) {
            List<String> answers = new ArrayList<>();
            while (rows.next()) {
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.add(rows.getString(i));
                }
                answers.add(String.join(" ", columns));
            }
            return answers;
        }
    }

    /** The server's first process. */
    public ProcessHandle postmaster() {
        return ProcessHandle.of(Long.parseLong(lines(pidFile()).get(0).strip()))
                .orElseThrow(() -> new IllegalStateException("no PostgreSQL runs in " + dataDir));
    }

    /** SIGKILL to the server's first process and then to all the others, as a machine without memory does it. */
    public void kill() {
        ProcessHandle postmaster = postmaster();
        List<ProcessHandle> backends = postmaster.descendants().toList();
        postmaster.destroyForcibly();
        backends.forEach(ProcessHandle::destroyForcibly);
    }

    /** SIGSTOP to all of the server: its connections stay, and carry nothing. */
    public void halt() throws IOException, InterruptedException {
        signal("-STOP");
    }

    public void resume() throws IOException, InterruptedException {
        signal("-CONT");
    }

    /** To the first process first: then it makes no new ones. */
    private void signal(String signal) throws IOException, InterruptedException {
        ProcessHandle postmaster = postmaster();
        signal(signal, postmaster);
        for (ProcessHandle backend : postmaster.descendants().toList()) {
            signal(signal, backend);
        }
    }

    private static void signal(String signal, ProcessHandle process) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", signal, Long.toString(process.pid()))
                .start()
                .waitFor();
        if (exit != 0 && process.isAlive()) {
            throw new IOException("kill " + signal + " of process " + process.pid() + " ended with " + exit);
        }
    }

    /** What the server has logged. */
    public String log() throws IOException {
        StringBuilder log = new StringBuilder();
        try (var files = Files.newDirectoryStream(dataDir.resolve("postgresql/log"))) {
            for (Path file : files) {
                log.append(Files.readString(file));
            }
        }
        return log.toString();
    }

    private Path pidFile() {
        return dataDir.resolve("postgresql/postmaster.pid");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
