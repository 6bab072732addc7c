create aggregate longest(text) (sfunc = longer, stype = text);
create operator <#> (leftarg = text, rightarg = text, function = longer);
create cast (celsius as float8) with function celsius_to_float(celsius) as assignment;
create collation ci (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
create table word (w text collate ci unique);
insert into word values ('short'), ('much longer');
