alter table only public."Room" add constraint "Room_seats_check" check ((seats > 0));
alter table only public."Booking"
    add constraint "Booking_roomId_fkey" foreign key ("roomId") references public."Room" on update cascade on delete restrict;
