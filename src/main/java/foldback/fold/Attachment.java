package foldback.fold;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Attaches what people did to the incident that holds the event that they named, after the signals are folded. */
public final class Attachment {
    private Attachment() {}

    /**
     * Gives each incident the attention that people paid to it.
     *
     * @param incidents of one stream, in stream order
     * @param operators of the same stream, in stream order; those that name an event of no incident given here are left out
     */
    public static List<Incident> attach(List<Incident> incidents, Collection<? extends Event.Operator> operators) {
        Attention[] attention = new Attention[incidents.size()];
        for (Event.Operator operator : operators) {
            int holder = holder(incidents, operator.names());
            if (holder >= 0) {
                Attention before = attention[holder] == null ? Attention.NONE : attention[holder];
                attention[holder] = before.after(operator);
            }
        }
        List<Incident> attached = new ArrayList<>(incidents.size());
        for (int i = 0; i < attention.length; i++) {
            attached.add(incidents.get(i).with(attention[i] == null ? Attention.NONE : attention[i]));
        }
        return attached;
    }

    private static int holder(List<Incident> incidents, Position position) {
        int low = 0;
        int high = incidents.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (incidents.get(middle).first().isAfter(position)) {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        return high >= 0 && incidents.get(low).spans(position) ? low : -1;
    }
}
