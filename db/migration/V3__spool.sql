-- The spool: what waits on the local disks of the processes that receive.

create table spools (
    spool_id uuid not null,
    replica text not null,
    spooled bigint not null,
    bytes bigint not null,
    oldest_received_at timestamptz,
    reported_at timestamptz not null,
    constraint spools_key primary key (spool_id),
    constraint spools_content check (spooled >= 0 and bytes >= 0 and (spooled = 0) = (oldest_received_at is null))
) with (fillfactor = 50);

comment on table spools is 'what waits on local disks, as each process last reported it; a handful of rows. Owner: SpoolReports';
comment on column spools.spool_id is 'the spool, whichever process has it';
comment on column spools.replica is 'the process that reported it last, by its name';
comment on column spools.spooled is 'callbacks in it';
comment on column spools.bytes is 'what they take on disk, about';
comment on column spools.oldest_received_at is 'when the oldest of them arrived';
comment on column spools.reported_at is 'by the clock of the database; long ago where the process is gone';

create index quarantine_deliveries_callback on quarantine_deliveries (callback_id);

comment on index quarantine_deliveries_callback is 'a callback that comes again is recognised by its id';
