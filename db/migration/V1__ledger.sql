-- The ledger: the log of events, what it folds to, and what could not be read.
-- Every key begins with the stream, so that these tables can be distributed by stream_id over many nodes.

create type signal as enum ('ALERT', 'OK', 'INSUFFICIENT_DATA');
create type level as enum ('INFO', 'WARN', 'CRITICAL');
create type event_type as enum ('signal', 'acknowledged', 'unacknowledged', 'noted', 'resolved');

comment on type level is 'how bad an alert is, worst last, so that descending order begins with CRITICAL';

-- ---------------------------------------------------------------------------------------------------------------- streams

create table streams (
    stream_id uuid not null,
    user_id text,
    rule_id text,
    dimensions jsonb not null,
    alert_name text,
    namespace text,
    metric_name text,
    instance_name text,
    region_id text,
    region_name text,
    group_id text,
    product_group_name text,
    unit text,
    labels jsonb not null,
    constraint streams_key primary key (stream_id),
    constraint streams_dimensions_object check (jsonb_typeof(dimensions) = 'object'),
    constraint streams_labels_object check (jsonb_typeof(labels) = 'object')
);

comment on table streams is 'one row a stream: what it is and what is searched; written when it is new or renamed. Owner: StreamTable';
comment on column streams.stream_id is 'computed from the key of the stream by a versioned recipe';
comment on column streams.user_id is 'the Alibaba Cloud account';
comment on column streams.rule_id is 'null for the generations of callbacks that had none';
comment on column streams.dimensions is 'the dimension object, values as text';
comment on column streams.alert_name is 'display, the latest seen, like all columns below';
comment on column streams.namespace is 'namespace, else metricProject';
comment on column streams.metric_name is 'rawMetricName, else metricName';
comment on column streams.instance_name is 'the name of the resource';
comment on column streams.region_id is 'the region';
comment on column streams.region_name is 'the region in the language of the account';
comment on column streams.group_id is 'the application group';
comment on column streams.product_group_name is 'the name of the application group';
comment on column streams.unit is 'the unit of the metric';
comment on column streams.labels is 'customLabels of the rule';

create index streams_dimensions on streams using gin (dimensions jsonb_path_ops);

create table stream_heads (
    stream_id uuid not null,
    version bigint not null,
    fold_version integer not null,
    newest_at timestamptz not null,
    greatest_id uuid not null,
    signal signal,
    signal_since timestamptz,
    last_signal_at timestamptz,
    last_signal_id uuid,
    no_data_trans_id text,
    incident_id uuid,
    estimated_at timestamptz,
    signal_count bigint not null,
    operator_count bigint not null,
    stray_count bigint not null,
    duplicate_count bigint not null,
    late_count bigint not null,
    incident_count bigint not null,
    display_hash integer not null,
    constraint stream_heads_key primary key (stream_id),
    constraint stream_heads_version check (version > 0),
    constraint stream_heads_signal check (num_nulls(signal, signal_since, last_signal_at, last_signal_id) in (0, 4)),
    constraint stream_heads_counts check (
        signal_count >= 0 and operator_count >= 0 and stray_count >= 0 and duplicate_count >= 0 and late_count >= 0
        and incident_count >= 0)
) with (fillfactor = 70);

comment on table stream_heads is 'one row a stream: its state, changed by every event in the transaction that records it. Owner: StreamHeads';
comment on column stream_heads.stream_id is 'the stream';
comment on column stream_heads.version is 'one more with every change; a writer that read another one begins again';
comment on column stream_heads.fold_version is 'the version its incidents were folded with';
comment on column stream_heads.newest_at is 'the latest occurred_at among its events; what occurred before it is late';
comment on column stream_heads.greatest_id is 'the greatest id among its events; the next one is greater';
comment on column stream_heads.signal is 'its last signal';
comment on column stream_heads.signal_since is 'since when it has been that';
comment on column stream_heads.last_signal_at is 'when the last signal occurred';
comment on column stream_heads.last_signal_id is 'the id of the last signal';
comment on column stream_heads.no_data_trans_id is 'the transId of the latest INSUFFICIENT_DATA';
comment on column stream_heads.incident_id is 'the latest incident, open or resolved';
comment on column stream_heads.estimated_at is 'the latest receipt of a signal whose time was estimated; spares looking for its duplicates elsewhere';
comment on column stream_heads.signal_count is 'signals in the log';
comment on column stream_heads.operator_count is 'operator events in the log';
comment on column stream_heads.stray_count is 'OKs that ended nothing';
comment on column stream_heads.duplicate_count is 'deliveries of signals that were known';
comment on column stream_heads.late_count is 'signals that occurred before one that was already held';
comment on column stream_heads.incident_count is 'incidents';
comment on column stream_heads.display_hash is 'of the display columns of the stream, to notice a change without reading them';

-- ----------------------------------------------------------------------------------------------------------------- events

create table events (
    stream_id uuid not null,
    occurred_at timestamptz not null,
    id uuid not null,
    callback_id uuid,
    received_at timestamptz not null,
    recorded_at timestamptz not null default now(),
    names_at timestamptz,
    names_id uuid,
    type event_type not null,
    signal signal,
    level level,
    previous_level level,
    part integer not null,
    time_estimated boolean not null,
    cur_value text,
    trans_id text,
    alert_name text,
    namespace text,
    metric_name text,
    instance_name text,
    region_id text,
    region_name text,
    group_id text,
    product_group_name text,
    unit text,
    expression text,
    labels text,
    "by" text,
    note text,
    remote_address text,
    content_type text,
    digest uuid,
    body bytea,
    constraint events_key primary key (stream_id, occurred_at, id),
    constraint events_signal check ((type = 'signal') = (signal is not null)),
    constraint events_callback check ((type = 'signal') = (callback_id is not null)),
    constraint events_operator check ((type = 'signal') = ("by" is null) and (type = 'signal') = (names_id is null)),
    constraint events_names check ((names_id is null) = (names_at is null)),
    constraint events_level check (level is null or signal = 'ALERT'),
    constraint events_part check (part >= 0),
    constraint events_digest check (time_estimated = (digest is not null))
) partition by range (occurred_at);

comment on table events is 'the log: immutable facts about streams. Inserted and read, never updated, deleted or truncated. Owner: EventLog';
comment on column events.stream_id is 'the stream';
comment on column events.occurred_at is 'the timestamp that CloudMonitor sent, or the receipt where it is estimated; for operator events the clock';
comment on column events.id is 'UUIDv7, greater than every id that the stream held; orders events of the same occurred_at';
comment on column events.callback_id is 'the callback that brought the signal';
comment on column events.received_at is 'when the callback arrived';
comment on column events.recorded_at is 'the clock of the database in the recording transaction';
comment on column events.names_at is 'occurred_at of the event that an operator event names';
comment on column events.names_id is 'id of the event that an operator event names: the incident as the person knew it';
comment on column events.type is 'signal, or what a person did';
comment on column events.signal is 'what CloudMonitor reported';
comment on column events.level is 'the level in force, of ALERTs only';
comment on column events.previous_level is 'preTriggerLevel where it is a level';
comment on column events.part is 'which element of a JSON array the signal was read from';
comment on column events.time_estimated is 'whether occurred_at is the receipt, for want of a usable timestamp';
comment on column events.cur_value is 'the value of the metric as sent';
comment on column events.trans_id is 'the episode';
comment on column events.alert_name is 'display as sent, like the columns up to labels';
comment on column events.namespace is 'namespace, else metricProject';
comment on column events.metric_name is 'rawMetricName, else metricName';
comment on column events.instance_name is 'as sent';
comment on column events.region_id is 'as sent';
comment on column events.region_name is 'as sent';
comment on column events.group_id is 'as sent';
comment on column events.product_group_name is 'as sent';
comment on column events.unit is 'as sent';
comment on column events.expression is 'as sent';
comment on column events.labels is 'customLabels as a JSON object, null where there are none';
comment on column events."by" is 'who did it: the label of the API key, with the name they gave';
comment on column events.note is 'what they said';
comment on column events.remote_address is 'the sender of the callback, or the client of the operator';
comment on column events.content_type is 'the header of the callback, which decides nothing';
comment on column events.digest is 'of the bytes it was read from, where its time is estimated: repetitions are told by it';
comment on column events.body is 'the bytes of the callback, or of the element of its array; null where several events share them: see shared_bodies';

create index events_id on events (id);
create index events_operator on events (stream_id, occurred_at, id) where type <> 'signal';
create index events_estimated on events (stream_id, digest, received_at) where time_estimated;

create table events_default partition of events default;
comment on table events_default is 'events older than the months made ahead';

create table shared_bodies (
    callback_id uuid not null,
    part integer not null,
    digest uuid not null,
    body bytea not null,
    constraint shared_bodies_key primary key (callback_id, part)
);

comment on table shared_bodies is 'the bytes that brought several signals at once, kept once. Inserted and read only. Owner: EventLog';
comment on column shared_bodies.callback_id is 'the callback';
comment on column shared_bodies.part is 'which element of its JSON array';
comment on column shared_bodies.digest is 'of the bytes: the first 16 of their SHA-256';
comment on column shared_bodies.body is 'the bytes as they arrived';

create table deliveries (
    stream_id uuid not null,
    event_id uuid not null,
    event_at timestamptz not null,
    callback_id uuid not null,
    received_at timestamptz not null,
    remote_address text,
    brought_news boolean not null,
    constraint deliveries_key primary key (stream_id, event_id, callback_id)
);

comment on table deliveries is 'each further delivery of a signal that was known. Inserted and read only. Owner: EventLog';
comment on column deliveries.stream_id is 'the stream';
comment on column deliveries.event_id is 'the event that the first delivery made';
comment on column deliveries.event_at is 'occurred_at of that event';
comment on column deliveries.callback_id is 'the callback that brought it again';
comment on column deliveries.received_at is 'when that callback arrived';
comment on column deliveries.remote_address is 'who sent it';
comment on column deliveries.brought_news is 'whether the same callback also brought a signal that was new; it then counts as recorded';

-- -------------------------------------------------------------------------------------------------------------- incidents

create table incidents (
    stream_id uuid not null,
    id uuid not null,
    first_at timestamptz not null,
    first_id uuid not null,
    last_at timestamptz not null,
    last_id uuid not null,
    opened_at timestamptz not null,
    first_received_at timestamptz not null,
    resolved_at timestamptz,
    resolved_id uuid,
    resolved_earliest timestamptz,
    resolved_signal_since timestamptz,
    unobserved_since timestamptz,
    acknowledged_at timestamptz,
    unobserved_micros bigint not null,
    alert_count integer not null,
    reopen_count integer not null,
    note_count integer not null,
    signal signal not null,
    level level,
    peak_level level,
    opened_by text not null,
    resolved_by text,
    acknowledged_by text,
    opening_value text,
    current_value text,
    recovery_value text,
    greatest_value text,
    smallest_value text,
    trans_id text,
    resolved_no_data_trans_id text,
    alert_name text,
    namespace text,
    metric_name text,
    instance_name text,
    region_id text,
    region_name text,
    group_id text,
    product_group_name text,
    unit text,
    expression text,
    labels text,
    constraint incidents_key primary key (stream_id, id),
    constraint incidents_order check ((first_at, first_id) <= (last_at, last_id)),
    constraint incidents_opened check (opened_at <= first_at),
    constraint incidents_resolved check (resolved_at is null or resolved_at >= opened_at),
    constraint incidents_resolution check (num_nulls(resolved_at, resolved_id, resolved_by, resolved_signal_since) in (0, 4)),
    constraint incidents_earliest check (resolved_earliest is null or resolved_earliest <= resolved_at),
    constraint incidents_opened_by check (opened_by in ('signal', 'episode')),
    constraint incidents_resolved_by check (resolved_by in ('signal', 'operator')),
    constraint incidents_acknowledged check ((acknowledged_at is null) = (acknowledged_by is null)),
    constraint incidents_unobserved check (unobserved_micros >= 0),
    constraint incidents_counts check (alert_count >= 0 and reopen_count >= 0 and note_count >= 0)
) with (fillfactor = 80);

comment on table incidents is 'what the events fold to; can be truncated and folded again. Owner: IncidentTable';
comment on column incidents.stream_id is 'the stream';
comment on column incidents.id is 'the smallest event id among its ALERTs; of an incident without any, its OK''s';
comment on column incidents.first_at is 'occurred_at of its first signal';
comment on column incidents.first_id is 'id of its first signal';
comment on column incidents.last_at is 'occurred_at of its latest signal';
comment on column incidents.last_id is 'id of its latest signal';
comment on column incidents.opened_at is 'when the outage began; before first_at where the first ALERT was missed';
comment on column incidents.first_received_at is 'the earliest receipt among its signals';
comment on column incidents.resolved_at is 'when it ended; null while open';
comment on column incidents.resolved_id is 'the event that ended it';
comment on column incidents.resolved_earliest is 'when the data stopped, where an OK ended unobserved time';
comment on column incidents.resolved_signal_since is 'signal_since of the stream at the resolution, so that the fold can start behind it';
comment on column incidents.unobserved_since is 'since when there is no data, while that lasts';
comment on column incidents.acknowledged_at is 'the earliest acknowledgement that was not taken back';
comment on column incidents.unobserved_micros is 'microseconds without data, closed stretches only';
comment on column incidents.alert_count is 'ALERTs';
comment on column incidents.reopen_count is 'how often it was reopened';
comment on column incidents.note_count is 'notes';
comment on column incidents.signal is 'its latest signal';
comment on column incidents.level is 'of its latest ALERT that has one';
comment on column incidents.peak_level is 'the worst of its ALERTs';
comment on column incidents.opened_by is 'signal, or episode where only the beginning of the episode is known';
comment on column incidents.resolved_by is 'signal or operator';
comment on column incidents.acknowledged_by is 'who acknowledged';
comment on column incidents.opening_value is 'of its first ALERT, as sent';
comment on column incidents.current_value is 'of its latest signal that has one, as sent';
comment on column incidents.recovery_value is 'of its OK, as sent';
comment on column incidents.greatest_value is 'the greatest numeric value of its ALERTs, as sent';
comment on column incidents.smallest_value is 'the smallest numeric value of its ALERTs, as sent';
comment on column incidents.trans_id is 'of the first of its ALERTs and OKs that has one';
comment on column incidents.resolved_no_data_trans_id is 'no_data_trans_id of the stream at the resolution';
comment on column incidents.alert_name is 'display of its latest ALERT, like all columns below; of its OK where it has none';
comment on column incidents.namespace is 'namespace, else metricProject';
comment on column incidents.metric_name is 'rawMetricName, else metricName';
comment on column incidents.instance_name is 'as sent';
comment on column incidents.region_id is 'as sent';
comment on column incidents.region_name is 'as sent';
comment on column incidents.group_id is 'as sent';
comment on column incidents.product_group_name is 'as sent';
comment on column incidents.unit is 'as sent';
comment on column incidents.expression is 'as sent';
comment on column incidents.labels is 'customLabels as a JSON object, null where there are none';

create unique index incidents_one_open on incidents (stream_id) where resolved_at is null;
create index incidents_stream_order on incidents (stream_id, first_at, first_id);
create index incidents_id on incidents (id);
create index incidents_opened on incidents (opened_at, id);
create index incidents_open on incidents (opened_at, id) where resolved_at is null;
create index incidents_resolved on incidents (resolved_at, id) where resolved_at is not null;

comment on index incidents_one_open is 'one open incident a stream, whatever the number of writers';

-- ------------------------------------------------------------------------------------------- quarantine, counts, versions

create table quarantine (
    id uuid not null,
    received_at timestamptz not null,
    remote_address text,
    content_type text,
    kind text not null,
    reason text not null,
    field text,
    status text not null default 'pending',
    retried_at timestamptz,
    event_ids uuid[] not null default '{}',
    body_hash bytea not null,
    body bytea not null,
    constraint quarantine_key primary key (id),
    constraint quarantine_kind check (kind in ('event', 'other', 'invalid')),
    constraint quarantine_status check (status in ('pending', 'resolved', 'dismissed'))
);

comment on table quarantine is 'callbacks that could not be read, whole. Owner: Quarantine';
comment on column quarantine.id is 'the id of the first callback with this body';
comment on column quarantine.received_at is 'when that arrived';
comment on column quarantine.remote_address is 'who sent it';
comment on column quarantine.content_type is 'its header';
comment on column quarantine.kind is 'event: a system event; other: the message of another channel; invalid: unreadable';
comment on column quarantine.reason is 'what is wrong, for a person';
comment on column quarantine.field is 'the field at fault, where one is';
comment on column quarantine.status is 'pending; resolved: read by a later retry; dismissed: by a person';
comment on column quarantine.retried_at is 'the latest retry';
comment on column quarantine.event_ids is 'the events that a successful retry recorded or found';
comment on column quarantine.body_hash is 'SHA-256 of body, which is too long for an index';
comment on column quarantine.body is 'the bytes as they arrived';

create index quarantine_body on quarantine (body_hash, received_at);
create index quarantine_received on quarantine (received_at, id);
create index quarantine_pending on quarantine (received_at, id) where status = 'pending';

create table quarantine_deliveries (
    quarantine_id uuid not null,
    callback_id uuid not null,
    received_at timestamptz not null,
    remote_address text,
    constraint quarantine_deliveries_key primary key (quarantine_id, callback_id)
);

comment on table quarantine_deliveries is 'each delivery of a quarantined body, the first included. Owner: Quarantine';
comment on column quarantine_deliveries.quarantine_id is 'the entry';
comment on column quarantine_deliveries.callback_id is 'the callback';
comment on column quarantine_deliveries.received_at is 'when it arrived';
comment on column quarantine_deliveries.remote_address is 'who sent it';

create table callback_counts (
    replica text not null,
    lane integer not null,
    received bigint not null,
    recorded bigint not null,
    duplicate bigint not null,
    quarantined bigint not null,
    constraint callback_counts_key primary key (replica, lane)
) with (fillfactor = 50);

comment on table callback_counts is 'callbacks by their answer, written in the transaction that records them, a row a writer. Owner: Completeness';
comment on column callback_counts.replica is 'the process, by its name';
comment on column callback_counts.lane is 'the lane of its committer; -1 is its quarantine';
comment on column callback_counts.received is 'callbacks that arrived';
comment on column callback_counts.recorded is 'callbacks that brought an event';
comment on column callback_counts.duplicate is 'callbacks of which all signals were known';
comment on column callback_counts.quarantined is 'callbacks in quarantine, retried ones taken off again';

create table fold_versions (
    version integer not null generated always as identity,
    reopen_within_millis bigint not null,
    since timestamptz not null default now(),
    constraint fold_versions_key primary key (version),
    constraint fold_versions_reopen_within check (reopen_within_millis >= 0)
);

comment on table fold_versions is 'what the fold was told, and since when; the greatest version is in force. Owner: FoldVersions';
comment on column fold_versions.version is 'counts up with every rebuild that changes the policy';
comment on column fold_versions.reopen_within_millis is 'an opening this soon after the last resolution reopens that incident; 0: never';
comment on column fold_versions.since is 'when the rebuild to it began, or the first start';

create table rebuilds (
    id uuid not null,
    dry_run boolean not null,
    fold_version integer not null,
    state text not null,
    done bigint not null default 0,
    total bigint not null,
    differing bigint not null default 0,
    resume_after uuid,
    owner uuid not null,
    touched_at timestamptz not null,
    started_at timestamptz not null default now(),
    finished_at timestamptz,
    constraint rebuilds_key primary key (id),
    constraint rebuilds_state check (state in ('running', 'finished', 'failed')),
    constraint rebuilds_finished check ((state = 'running') = (finished_at is null))
);

comment on table rebuilds is 'each rebuild and how far it is. Owner: Rebuild';
comment on column rebuilds.id is 'UUIDv7, so that the latest is the greatest';
comment on column rebuilds.dry_run is 'whether it only counts what differs';
comment on column rebuilds.fold_version is 'the version that it folds with';
comment on column rebuilds.state is 'running, finished or failed';
comment on column rebuilds.done is 'events folded';
comment on column rebuilds.total is 'events to fold, counted at its start';
comment on column rebuilds.differing is 'incidents that came out different';
comment on column rebuilds.resume_after is 'the last stream that is done; a restart goes on behind it';
comment on column rebuilds.owner is 'the process that works on it';
comment on column rebuilds.touched_at is 'when that process last said so; left alone for ten seconds, another may take it';
comment on column rebuilds.started_at is 'when it began';
comment on column rebuilds.finished_at is 'when it ended';

create unique index rebuilds_one_running on rebuilds ((true)) where state = 'running';

-- ----------------------------------------------------------------------------------------------------------- immutability

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '% on % refused: what is in the log is immutable', tg_op, tg_table_name
        using errcode = 'insufficient_privilege';
end
$$;

create function make_immutable(target regclass) returns void language plpgsql as $$
begin
    execute format('revoke update, delete, truncate on %s from public, %I', target, current_user);
    execute format(
        'create trigger immutable before update or delete or truncate on %s for each statement execute function refuse_change()',
        target);
end
$$;

comment on function make_immutable(regclass) is
    'takes the right to change rows from everybody, the owner included; the trigger says so to those whom privileges do not bind';

create function make_event_partitions(past_months integer, future_months integer) returns integer
    language plpgsql security definer set search_path from current set lock_timeout = '1s' as $$
declare
    month timestamptz;
    name text;
    made integer := 0;
begin
    perform pg_advisory_xact_lock(hashtext('foldback event partitions'));
    for offset_months in -past_months .. future_months loop
        month := (date_trunc('month', now() at time zone 'UTC') + make_interval(months => offset_months)) at time zone 'UTC';
        name := 'events_' || to_char(month at time zone 'UTC', 'YYYY_MM');
        continue when to_regclass(name) is not null;
        begin
            execute format('create table %I (like events including defaults including constraints)', name);
            perform make_immutable(name::regclass);
            execute format('comment on table %I is %L', name, 'events that occurred in ' || to_char(month at time zone 'UTC', 'YYYY-MM') || ', UTC');
            -- Attached rather than made in place: that would wait for every reader of the log, and every writer for it.
            execute format(
                'alter table events attach partition %I for values from (%L) to (%L)',
                name, month, ((month at time zone 'UTC') + interval '1 month') at time zone 'UTC');
            made := made + 1;
        exception when check_violation then
            -- Events of that month are in the default partition already and stay there: they cannot be moved.
            null;
        end;
    end loop;
    return made;
end
$$;

comment on function make_event_partitions(integer, integer) is
    'makes the partitions of events by month that are missing, and makes them immutable; returns how many. Gives up rather than wait';

do $$
begin
    perform make_immutable('events');
    perform make_immutable('events_default');
    perform make_immutable('shared_bodies');
    perform make_immutable('deliveries');
    perform make_event_partitions(13, 2);
end
$$;
