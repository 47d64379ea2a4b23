-- The live feed: which incidents changed, in an order in which that can be followed without missing any.

create table feed (
    xid xid8 not null default pg_current_xact_id(),
    number bigint not null generated always as identity,
    recorded_at timestamptz not null default now(),
    was_last_at timestamptz,
    stream_id uuid not null,
    incident_id uuid not null,
    was_level level,
    was_peak_level level,
    was_open boolean,
    was_acknowledged boolean,
    constraint feed_key primary key (xid, number),
    constraint feed_was check (
        num_nulls(was_last_at, was_open, was_acknowledged) in (0, 3)
        and (was_open is not null or (was_level is null and was_peak_level is null)))
);

comment on table feed is
    'each change of an incident, kept for a while, written in the transaction that records it. Read up to the oldest transaction that has not ended: those that end out of order leave no gap. Owner: Feed';
comment on column feed.xid is 'the transaction; with number the position in the feed';
comment on column feed.number is 'counts up; tells the rows of one transaction apart, and orders them';
comment on column feed.recorded_at is 'the clock of the database when the transaction began';
comment on column feed.was_last_at is 'last_at of the incident before; null, like all below, where it was not there before';
comment on column feed.stream_id is 'the stream of the incident';
comment on column feed.incident_id is 'the incident, which may be gone';
comment on column feed.was_level is 'its level before';
comment on column feed.was_peak_level is 'its peak level before';
comment on column feed.was_open is 'whether it was open before';
comment on column feed.was_acknowledged is 'whether it was acknowledged before';

create table feed_start (
    one boolean not null default true,
    xid xid8 not null,
    number bigint not null,
    constraint feed_start_key primary key (one),
    constraint feed_start_one check (one)
);

comment on table feed_start is 'a single row: up to where the feed is no longer kept, also when nothing is in it. Owner: Feed';
comment on column feed_start.one is 'there is one row';
comment on column feed_start.xid is 'the transaction of the last row that was deleted';
comment on column feed_start.number is 'the number of that row';

insert into feed_start (xid, number) values ('0', 0);
