-- Distributes the ledger by stream over the nodes of a Citus cluster (12.1 or newer). Run once on the coordinator, as the role that owns
-- the database, after the service has migrated it and before it has recorded anything; the service is stopped meanwhile. What is not
-- named here stays on the coordinator: the quarantine, the counts, fold versions, rebuilds, spools, idempotency keys, and the live
-- feed, whose order is that of the coordinator's transactions.
--
--     psql -v ON_ERROR_STOP=1 -1 -f db/citus/distribute.sql "$DATABASE"

-- Citus has no triggers on distributed tables. The log stays immutable by the privileges that make_immutable takes away.
create or replace function make_immutable(target regclass) returns void language plpgsql as $$
begin
    execute format('revoke update, delete, truncate on %s from public, %I', target, current_user);
end
$$;

do $$
declare
    target regclass;
begin
    for target in select tgrelid::regclass from pg_trigger where tgname = 'immutable' and tgparentid = 0 loop
        execute format('drop trigger immutable on %s', target);
    end loop;
end
$$;

select create_distributed_table('events', 'stream_id');
select create_distributed_table('stream_heads', 'stream_id', colocate_with => 'events');
select create_distributed_table('streams', 'stream_id', colocate_with => 'events');
select create_distributed_table('incidents', 'stream_id', colocate_with => 'events');
select create_distributed_table('deliveries', 'stream_id', colocate_with => 'events');
select create_distributed_table('notes', 'stream_id', colocate_with => 'events');

-- The bytes that brought several signals at once belong to several streams. They are rare, and wanted beside each of them.
select create_reference_table('shared_bodies');
