create table session (
  token uuid primary key,
  user_id integer not null
) partition by hash (token);
create table session_0 partition of session for values with (modulus 3, remainder 0);
create table session_1 partition of session for values with (modulus 3, remainder 1);
create table session_2 partition of session for values with (modulus 3, remainder 2);
