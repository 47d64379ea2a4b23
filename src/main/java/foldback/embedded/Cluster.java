package foldback.embedded;

import foldback.embedded.EmbeddedPostgres.Unavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** PostgreSQL's own directory: made at the first start, with the role and the database of the application. */
final class Cluster {
    static final String ROLE = "foldback";
    static final String DATABASE = "foldback";

    private static final String MAJOR_VERSION = Binaries.VERSION.substring(0, Binaries.VERSION.indexOf('.'));

    private Cluster() {}

    static void ensure(DataDirectory directory, Tools tools, Credentials credentials) {
        Path cluster = directory.cluster();
        try {
            if (!Files.exists(cluster)) {
                create(cluster, tools, credentials);
            }
            String version = Files.readString(cluster.resolve("PG_VERSION")).strip();
            if (!version.equals(MAJOR_VERSION)) {
                throw new Unavailable(
                        cluster + " was written by PostgreSQL " + version + ", and this is PostgreSQL " + MAJOR_VERSION
                                + ": dump it with the former release of Foldback and restore it into this one.");
            }
        } catch (IOException e) {
            throw new Unavailable("PostgreSQL's directory " + cluster + " cannot be made or read: " + e, e);
        }
    }

    private static void create(Path cluster, Tools tools, Credentials credentials) throws IOException {
        Path unfinished = Directories.begin(cluster);
        initialise(cluster, unfinished, tools, credentials.superuser());
        // Before the directory bears its name: so no start ever finds half of it.
        makeDatabase(unfinished, tools, credentials.application());
        Directories.finish(cluster);
    }

    private static void initialise(Path cluster, Path unfinished, Tools tools, String password) throws IOException {
        Path passwordFile = cluster.resolveSibling("superuser-password");
        OwnerOnlyFile.write(passwordFile, password);
        try {
            // The builtin locale sorts by code point, alike on every machine and after every upgrade of it.
            // A new segment of the write-ahead log is filled with zeros and synced while every commit waits: 37 ms for
            // the usual 16 MB, on one disk. Of 1 MB there are so many that copying takes a tenth longer.
            tools.run(
                    "initdb",
                    "-D",
                    unfinished.toString(),
                    "--username=postgres",
                    "--pwfile=" + passwordFile,
                    "--auth=scram-sha-256",
                    "--encoding=UTF8",
                    "--locale=C",
                    "--locale-provider=builtin",
                    "--builtin-locale=C.UTF-8",
                    "--wal-segsize=4");
        } finally {
            Files.delete(passwordFile);
        }
    }

    /** In single-user mode: nobody else can connect yet. */
    private static void makeDatabase(Path unfinished, Tools tools, String password) throws IOException {
        tools.feed(
                "create role " + ROLE + " login password '" + password + "'\n" + "create database " + DATABASE
                        + " owner " + ROLE + "\n",
                "postgres",
                "--single",
                "-D",
                unfinished.toString(),
                "-c",
                "exit_on_error=true",
                "postgres");
    }
}
