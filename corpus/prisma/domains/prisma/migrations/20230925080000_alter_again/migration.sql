alter domain percent validate constraint percent_small;
alter domain email drop constraint email_check;
alter domain email rename constraint email_length to mail_length;
alter domain email rename to mail_address;
alter domain mail_address drop not null;
