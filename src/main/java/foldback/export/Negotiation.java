package foldback.export;

import foldback.problem.Refusal;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a client accepts of what a list can be: RFC 9110, 12.5.1. The most specific range that matches a type says how much it is wanted;
 * of those wanted alike JSON comes first. JAX-RS' own choice knows no {@code q=0} and takes {@code charset=utf-8} for another type.
 */
final class Negotiation {
    private static final String JSON = MediaType.APPLICATION_JSON;

    private Negotiation() {}

    /** Empty for JSON. */
    static Optional<Format> of(HttpHeaders headers) {
        List<MediaType> accepted = accepted(headers);
        Optional<Format> best = Optional.empty();
        double most = quality(JSON, accepted);
        for (Format format : Format.OF_LISTS) {
            double quality = quality(format.mediaType(), accepted);
            if (quality > most) {
                best = Optional.of(format);
                most = quality;
            }
        }
        if (most == 0) {
            String offered = Stream.concat(
                            Stream.of(JSON), Format.OF_LISTS.stream().map(Format::mediaType))
                    .collect(Collectors.joining(", "));
            throw Refusal.NOT_ACCEPTABLE.because("This is offered as " + offered + ".");
        }
        return best;
    }

    private static List<MediaType> accepted(HttpHeaders headers) {
        try {
            return headers.getAcceptableMediaTypes();
        } catch (IllegalArgumentException e) {
            throw Refusal.MALFORMED_REQUEST.because("The header Accept holds what is no media type.");
        }
    }

    /** 0 where it is not accepted. */
    private static double quality(String offered, List<MediaType> accepted) {
        MediaType type = MediaType.valueOf(offered);
        double quality = 0;
        int closest = 0;
        for (MediaType range : accepted) {
            int closeness = range.isWildcardType() ? 1 : range.isWildcardSubtype() ? 2 : 3;
            if (range.isCompatible(type) && closeness > closest) {
                closest = closeness;
                quality = quality(range);
            }
        }
        return quality;
    }

    private static double quality(MediaType range) {
        String q = range.getParameters().get("q");
        try {
            return q == null ? 1 : Double.parseDouble(q);
        } catch (NumberFormatException e) {
            throw Refusal.MALFORMED_REQUEST.because("The header Accept has a q that is no number.");
        }
    }
}
