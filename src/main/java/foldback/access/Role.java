package foldback.access;

import java.util.List;
import java.util.Set;

/** The roles of API keys, each including the ones before it; for {@code @RolesAllowed}. */
public final class Role {
    /** Reads everything. */
    public static final String VIEWER = "viewer";

    /** Also acts on incidents. */
    public static final String RESPONDER = "responder";

    /** Also works on the quarantine and rebuilds. */
    public static final String ADMIN = "admin";

    static final List<String> ASCENDING = List.of(VIEWER, RESPONDER, ADMIN);

    private Role() {}

    static boolean exists(String role) {
        return ASCENDING.contains(role);
    }

    /** The role itself and those that it includes. */
    static Set<String> upTo(String role) {
        return Set.copyOf(ASCENDING.subList(0, ASCENDING.indexOf(role) + 1));
    }
}
