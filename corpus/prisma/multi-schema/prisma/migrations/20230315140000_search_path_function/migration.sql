set search_path to auth, public;
create function user_count() returns bigint language sql stable as 'select count(*) from "User"';
alter function user_count() set search_path = auth;
set search_path to default;

create view billing.open_accounts as
  select a.id, u.email from billing."Account" a join auth."User" u on u.id = a."userId" where a.state = 'OPEN';
