package foldback.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** What may be answered: to a callback of its kind, in view of what was answered before. */
final class Answers {
    private final List<String> objections = new ArrayList<>();

    private Answers() {}

    static List<String> objections(List<Exchange> exchanges) {
        Answers answers = new Answers();
        exchanges.forEach(answers::alone);
        answers.repetitions(exchanges);
        answers.ids(exchanges);
        return answers.objections;
    }

    private void alone(Exchange exchange) {
        boolean right =
                switch (exchange.status()) {
                    case 0 -> true;
                    case 200 -> allowed(exchange, statuses(exchange));
                    case 202 ->
                        exchange.shot().kind() == Shot.Kind.EVENT
                                && exchange.json().has("quarantineId");
                    case 422 ->
                        exchange.shot().kind() == Shot.Kind.UNREADABLE
                                && exchange.json().has("quarantineId");
                    case 503 -> exchange.retryAfter();
                    default -> false;
                };
        if (!right) {
            objections.add("a wrong answer: " + exchange);
        }
    }

    private static Set<String> statuses(Exchange exchange) {
        if (exchange.shot().kind() != Shot.Kind.SIGNAL) {
            return Set.of("spooled");
        }
        return Set.of("recorded", "duplicate", "spooled");
    }

    private static boolean allowed(Exchange exchange, Set<String> statuses) {
        JsonNode answer = exchange.json();
        boolean spooled = answer.path("status").asText().equals("spooled");
        return statuses.contains(answer.path("status").asText())
                && answer.has("callbackId")
                && (spooled || !answer.path("events").isEmpty());
    }

    /** What was sent after an equal one was answered as recorded is known; what no other has said is not. */
    private void repetitions(List<Exchange> exchanges) {
        Map<String, List<Exchange>> equal = exchanges.stream()
                .collect(Collectors.groupingBy(exchange -> exchange.shot().body()));
        for (List<Exchange> same : equal.values()) {
            long recorded = same.stream()
                    .filter(Answers::isRecorded)
                    .mapToLong(Exchange::answeredAt)
                    .min()
                    .orElse(Long.MAX_VALUE);
            for (Exchange one : same) {
                boolean known = recorded < one.sentAt();
                // Itself is one of them.
                boolean alone = same.stream()
                                .filter(other -> other.sentAt() < one.answeredAt())
                                .count()
                        == 1;
                if ((is("recorded", one) && known) || (is("duplicate", one) && alone)) {
                    objections.add((known ? "recorded though it was known: " : "known though nobody said it: ") + one);
                }
            }
        }
    }

    private static boolean isRecorded(Exchange exchange) {
        return is("recorded", exchange) || is("duplicate", exchange);
    }

    private static boolean is(String status, Exchange exchange) {
        return exchange.status() == 200
                && exchange.json().path("status").asText().equals(status);
    }

    private record Given(UUID event, Exchange by) {}

    /** Whoever is answered before another is sent has the smaller event id, on whichever replica. */
    private void ids(List<Exchange> exchanges) {
        Map<String, List<Given>> byStream = new HashMap<>();
        for (Exchange exchange : exchanges) {
            if (exchange.status() == 200) {
                for (JsonNode event : exchange.json().path("events")) {
                    if (!event.path("duplicate").asBoolean()) {
                        byStream.computeIfAbsent(event.path("streamId").asText(), id -> new ArrayList<>())
                                .add(new Given(
                                        UUID.fromString(event.path("eventId").asText()), exchange));
                    }
                }
            }
        }
        byStream.forEach(this::increasing);
    }

    private void increasing(String stream, List<Given> given) {
        List<Given> bySending = new ArrayList<>(given);
        bySending.sort(Comparator.comparingLong(one -> one.by().sentAt()));
        List<Given> byAnswer = new ArrayList<>(given);
        byAnswer.sort(Comparator.comparingLong(one -> one.by().answeredAt()));
        int answered = 0;
        String greatest = "";
        for (Given one : bySending) {
            while (byAnswer.get(answered).by().answeredAt() < one.by().sentAt()) {
                String id = byAnswer.get(answered++).event().toString();
                greatest = id.compareTo(greatest) > 0 ? id : greatest;
            }
            if (one.event().toString().compareTo(greatest) <= 0) {
                objections.add("in stream " + stream + " an id is not greater than " + greatest + ": " + one.by());
            }
        }
    }
}
