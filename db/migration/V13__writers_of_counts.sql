comment on column callback_counts.lane is 'the lane of its committer; -1 is its quarantine, -2 what it retries of that';
comment on column callback_counts.quarantined is 'callbacks in quarantine; those that a retry took out count against it, in a row of their own';
