-- Most incidents are brief, and a range index costs more to write than all others of the table together: what lasted for an hour at most is
-- found by when it was opened.
drop index incidents_lasted;
create index incidents_lasted on incidents using gist (tstzrange(opened_at, resolved_at, '[]'))
    where resolved_at - opened_at > interval '1 hour';
