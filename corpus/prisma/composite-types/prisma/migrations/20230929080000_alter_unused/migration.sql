alter table company drop column capital;
alter type money_amount alter attribute amount type numeric(20,4), drop attribute currency, add attribute iso text collate "C";
