alter view open_note rename to visible_note;
alter view visible_note rename column body to text;
alter view visible_note alter column text set default 'empty';
alter view visible_note set (security_invoker = true, check_option = 'local');
alter view secure_note reset (security_barrier);
insert into visible_note default values;
