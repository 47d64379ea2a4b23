-- Which streams have recorded something since an instant: those answer questions about that instant from their events.
-- Deliberately without an index, here and later: heads change with every signal, and their updates stay in place (HOT).

alter table stream_heads add column recorded_at timestamptz not null default now();

comment on column stream_heads.recorded_at is
    'the clock of the database in the latest transaction that recorded something of the stream; a rebuild leaves it. Of streams older than this column: when it was added, or later';
