with gone as (
  delete from inbox where done returning id, body
), kept as (
  insert into archive (id, body) select id, body from gone returning id
)
insert into tally select 'moved', count(*) from kept;
