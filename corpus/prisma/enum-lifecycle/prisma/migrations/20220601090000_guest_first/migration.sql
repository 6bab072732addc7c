alter type "Role" add value if not exists 'GUEST' before 'USER';
alter type "Role" add value if not exists 'BOT' after 'GUEST';
-- somebody ran this by hand on staging already
alter type "Role" add value if not exists 'EDITOR';
