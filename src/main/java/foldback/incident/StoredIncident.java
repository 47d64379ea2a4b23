package foldback.incident;

import foldback.listing.Weight;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code incidents}, to be read; the columns are explained there. Its key is the id alone here: the stream comes first in the
 * table's key for the sake of where rows lie, not because ids repeat.
 */
@Entity
@Immutable
@Table(name = "incidents")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields.
public class StoredIncident extends StoredDisplay {
    /** Of an incident {@code i} with what it tells of its stream. */
    static final String WEIGHT = String.join(
            " + ",
            StoredStreamKey.WEIGHT,
            weight("i"),
            Weight.ofTexts(
                    "i",
                    "acknowledged_by",
                    "opening_value",
                    "current_value",
                    "recovery_value",
                    "greatest_value",
                    "smallest_value",
                    "trans_id",
                    "expression"));

    @Id
    public UUID id;

    @ManyToOne(fetch = FetchType.LAZY, optional = false)
    @JoinColumn(name = "stream_id")
    public StoredStreamKey stream;

    @Column(name = "first_at")
    public Instant firstAt;

    @Column(name = "first_id")
    public UUID firstId;

    @Column(name = "last_at")
    public Instant lastAt;

    @Column(name = "last_id")
    public UUID lastId;

    @Column(name = "opened_at")
    public Instant openedAt;

    @Column(name = "first_received_at")
    public Instant firstReceivedAt;

    @Column(name = "resolved_at")
    public @Nullable Instant resolvedAt;

    @Column(name = "resolved_earliest")
    public @Nullable Instant resolvedEarliest;

    @Column(name = "unobserved_since")
    public @Nullable Instant unobservedSince;

    @Column(name = "acknowledged_at")
    public @Nullable Instant acknowledgedAt;

    @Column(name = "unobserved_micros")
    public long unobservedMicros;

    @Column(name = "alert_count")
    public int alertCount;

    @Column(name = "reopen_count")
    public int reopenCount;

    @Column(name = "note_count")
    public int noteCount;

    public String signal;

    public @Nullable String level;

    @Column(name = "peak_level")
    public @Nullable String peakLevel;

    @Column(name = "opened_by")
    public String openedBy;

    @Column(name = "resolved_by")
    public @Nullable String resolvedBy;

    @Column(name = "acknowledged_by")
    public @Nullable String acknowledgedBy;

    @Column(name = "opening_value")
    public @Nullable String openingValue;

    @Column(name = "current_value")
    public @Nullable String currentValue;

    @Column(name = "recovery_value")
    public @Nullable String recoveryValue;

    @Column(name = "greatest_value")
    public @Nullable String greatestValue;

    @Column(name = "smallest_value")
    public @Nullable String smallestValue;

    @Column(name = "trans_id")
    public @Nullable String transId;

    public @Nullable String expression;

    /** How much text it has, much as {@link #WEIGHT} measures it where it is a row. */
    long weight() {
        long length = 4L * (length(stream.dimensions) + length(labels));
        for (String text : Arrays.asList(
                stream.userId,
                stream.ruleId,
                alertName,
                namespace,
                metricName,
                instanceName,
                regionId,
                regionName,
                groupId,
                productGroupName,
                unit,
                acknowledgedBy,
                openingValue,
                currentValue,
                recoveryValue,
                greatestValue,
                smallestValue,
                transId,
                expression)) {
            length += length(text);
        }
        return length;
    }

    private static int length(@Nullable String text) {
        return text == null ? 0 : text.length();
    }
}
