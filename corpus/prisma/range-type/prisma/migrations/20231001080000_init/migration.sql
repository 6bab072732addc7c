create type float_range as range (subtype = float8, subtype_diff = float8mi);
create type text_span as range (subtype = text, collation = "C", multirange_type_name = text_spans);
create table band (id int primary key, f float_range, t text_spans);
insert into band values (1, '[1.5,2.5)', '{[a,c)}');
