drop type money_amount;
alter type address drop attribute city;
