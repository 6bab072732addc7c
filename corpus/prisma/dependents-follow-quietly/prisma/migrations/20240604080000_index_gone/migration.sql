drop index tick_code;
