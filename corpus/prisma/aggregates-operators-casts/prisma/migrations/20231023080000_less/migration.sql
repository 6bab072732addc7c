drop aggregate longest(text);
drop operator <#> (text, text);
drop cast (celsius as float8);
