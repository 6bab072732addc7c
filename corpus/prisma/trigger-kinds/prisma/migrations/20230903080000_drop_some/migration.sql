drop trigger t_before on account;
drop trigger if exists t_cols on account;
drop trigger t_new on account;
drop trigger t_late on account;
