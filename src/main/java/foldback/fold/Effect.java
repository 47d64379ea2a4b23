package foldback.fold;

/** What an event did to an incident, at its place in the stream. */
public enum Effect {
    /** A first ALERT, seen or missed, opened the incident. */
    OPENED,
    /** Another ALERT of the open incident, at the level it had. */
    COUNTED,
    /** Another ALERT of the open incident, at another level. */
    LEVEL,
    /** The rule reported no data while the incident was open. */
    UNOBSERVED,
    /** An OK or an operator ended the incident; also where only its OK was seen. */
    RESOLVED,
    /** An ALERT within reopen-within of the resolution continued the incident. */
    REOPENED,
    ACKNOWLEDGED,
    UNACKNOWLEDGED,
    NOTED,
    /** It left every incident as it was: a stray OK, no data while nothing was open, an action already done. */
    NONE
}
