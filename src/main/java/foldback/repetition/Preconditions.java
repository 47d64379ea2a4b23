package foldback.repetition;

import foldback.problem.Refusal;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the request expects of the state that its action meets: {@code If-Match}. */
@Singleton
public class Preconditions {
    private final HttpHeaders headers;

    Preconditions(HttpHeaders headers) {
        this.headers = headers;
    }

    /** Which versions, as {@link EntityTag#strong} takes them, it may be of; null: any. */
    public @Nullable Predicate<String> expected() {
        TagList tags = ifMatch();
        return tags == null ? null : version -> tags.matchesStrongly(EntityTag.strong(version));
    }

    /** Where no one state is met, an expectation must not be passed over. */
    public void refuse(String message) {
        if (ifMatch() != null) {
            throw Refusal.INVALID_HEADER
                    .because("The header " + HttpHeaders.IF_MATCH + " " + message + ".")
                    .blaming(HttpHeaders.IF_MATCH, message);
        }
    }

    private @Nullable TagList ifMatch() {
        List<String> lines = headers.getRequestHeader(HttpHeaders.IF_MATCH);
        return lines == null || lines.isEmpty() ? null : TagList.parse(HttpHeaders.IF_MATCH, lines);
    }
}
