//! The way that what a worker says takes: decoded, and told to a host. Shared with the fuzz target, which knows no test
//! framework.

use transmigrate::js::{self, Answer, Call, Event, Found, Host, Value};

/// Hears bytes as one message, and as all that a worker says. Panics only where there is a mistake.
pub fn take(bytes: &[u8]) {
    js::is_report(bytes);
    let mut ears = Ears::default();
    let end = js::hear(bytes, &mut ears);
    if let Some(end) = end {
        // What is decoded can be shown, compared and asked for.
        assert_eq!(format!("{end:?}"), format!("{:?}", end.clone()));
    }
    for event in &ears.events {
        if let Event::Call(call) = event {
            call.hole();
            call.args.iter().for_each(look);
        }
    }
}

fn look(value: &Value) {
    value.text();
    value.truth();
    value.get("name");
}

#[derive(Default)]
struct Ears {
    events: Vec<Event>,
}

impl Host for Ears {
    fn import(&mut self, _: u32, _: &str) -> Found {
        Found::Nothing
    }

    fn read(&mut self, _: &str) -> Option<String> {
        None
    }

    fn tell(&mut self, events: Vec<Event>) {
        self.events.extend(events);
    }

    fn ask(&mut self, question: &Call) -> Answer {
        question.args.iter().for_each(look);
        Answer::Unknown
    }

    fn restart(&mut self) {
        self.events.clear();
    }
}
