alter table lamp alter column state drop default;
alter table lamp alter column state type text using state::text;
alter table lamp alter column state set default 'off', add constraint lamp_state_check check (state in ('on', 'off', 'dim'));
