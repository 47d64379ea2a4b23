package foldback.fold;

/** What an event says of its stream: CloudMonitor's {@code alertState}. INSUFFICIENT_DATA is neither an alert nor a recovery. */
public enum Signal {
    ALERT,
    OK,
    INSUFFICIENT_DATA
}
