-- What incidents and streams are searched and filtered by, kept where it is written once: at the stream, and at the note.

alter table streams add column terms text[] collate "C";

comment on column streams.terms is
    'what the stream and its incidents are found by, under all names that they ever had: characters and pairs of neighbours in folded case, and field=value; null where they are too many, or not known yet: such a stream is looked at by every search';

create index streams_terms on streams using gin (terms);
create index streams_without_terms on streams (stream_id) where terms is null;

create function merged_terms(known text[], further text[]) returns text[]
    language sql immutable parallel safe as $$
    select case when count(distinct term) <= 2000 then array_agg(distinct term) end
    from unnest(known || further) term
    where known is not null and further is not null
$$;

comment on function merged_terms(text[], text[]) is 'all terms of both; null where one has none, or where they are too many';

create table notes (
    stream_id uuid not null,
    event_id uuid not null,
    names_at timestamptz not null,
    names_id uuid not null,
    note text not null,
    terms text[] collate "C",
    constraint notes_key primary key (stream_id, event_id)
);

comment on table notes is 'what people said, to be searched: a copy of what stands in the log. Owner: NoteTable';
comment on column notes.stream_id is 'the stream';
comment on column notes.event_id is 'the operator event that says it';
comment on column notes.names_at is 'occurred_at of the event that the operator event names';
comment on column notes.names_id is 'id of the event that the operator event names';
comment on column notes.note is 'the text';
comment on column notes.terms is 'what the note is found by, as streams.terms';

insert into notes (stream_id, event_id, names_at, names_id, note)
select stream_id, id, names_at, names_id, note from events where type <> 'signal' and note is not null;

create index notes_terms on notes using gin (terms);
create index notes_without_terms on notes (stream_id) where terms is null;

-- When incidents lasted. Open ones have incidents_open.
create index incidents_lasted on incidents using gist (tstzrange(opened_at, resolved_at, '[]')) where resolved_at is not null;

-- The planner has no statistics of the expression of a partial index; without these it takes a moment for a hundredth of history.
create statistics incidents_lasting on (tstzrange(opened_at, resolved_at, '[]')) from incidents;

-- What people did, newest first, without the signals in between.
create index events_operator_id on events (id) where type <> 'signal';
