alter type address add attribute country text;
alter type address rename attribute zip to postcode;
alter type address drop attribute if exists nothing;
