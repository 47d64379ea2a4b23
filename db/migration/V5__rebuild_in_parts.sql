-- A rebuild takes the streams in sixteen parts, several at once, so it has as many points from which a restart goes on.

alter table rebuilds drop column resume_after;
alter table rebuilds add column resume_points uuid[] not null default array_fill(null::uuid, array[16]);

comment on column rebuilds.resume_points is
    'by part, the first four bits of a stream: its last stream that is done, null where none is; a restart goes on behind it';

-- One that was under way begins again: how far it is was kept otherwise. What differed stays counted, it is put right.
update rebuilds set done = 0 where state = 'running';
