package foldback.fold;

/** How bad an alert is, worst first; CloudMonitor's numbers 2, 3 and 4. */
public enum Level {
    CRITICAL,
    WARN,
    INFO;

    public boolean worseThan(Level other) {
        return compareTo(other) < 0;
    }
}
