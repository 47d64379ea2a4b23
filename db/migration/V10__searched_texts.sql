-- Terms find where a word may be; the texts themselves tell, before any incident is read: numbers such as 00010000 have the terms of thousands.

alter table streams add column texts text collate "C";

comment on column streams.texts is
    'what words are searched in, under all names that the stream and its incidents ever had: in folded case, a line each; null where they are too long, or not known yet: such a stream may have any word';

create function merged_texts(known text, further text) returns text
    language sql immutable parallel safe as $$
    select case when sum(length(line) + 1) <= 16384 then string_agg(line, chr(10) order by line) end
    from (
        select distinct line
        from unnest(string_to_array(known || chr(10) || further, chr(10))) line
    ) lines
$$;

comment on function merged_texts(text, text) is 'all lines of both; null where one has none, or where they are too long';
