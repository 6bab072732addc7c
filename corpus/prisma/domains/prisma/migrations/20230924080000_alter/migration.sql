alter domain email add constraint email_length check (length(value) < 200);
alter domain email set not null;
alter domain email set default 'nobody@example.com';
alter domain percent drop default;
alter domain percent drop not null;
alter domain percent drop constraint percent_range;
alter domain percent add constraint percent_small check (value < 50) not valid;
