//! Values of the guest as values of the tape, and answers as values of the guest.

use super::super::tape::Value;
use super::host::Shared;
use rquickjs::object::Filter;
use rquickjs::{Array, Ctx, Function, Object, Persistent, Result, Type, Value as JsValue};

/// How deep values may be nested.
const DEEPEST: usize = 48;
/// How many values one call may hold, and how many bytes of text.
const MOST: usize = 500_000;
const MOST_TEXT: usize = 64 << 20;

/// Encodes the arguments of one call.
pub(super) struct Encoder<'a, 'js> {
    state: &'a Shared,
    identify: Option<Function<'js>>,
    values: usize,
    text: usize,
}

impl<'a, 'js> Encoder<'a, 'js> {
    pub fn new(state: &'a Shared, identify: Option<Function<'js>>) -> Self {
        Encoder { state, identify, values: 0, text: 0 }
    }

    /// Whether the call holds more than a call may hold.
    pub fn is_exhausted(&self) -> bool {
        self.values > MOST || self.text > MOST_TEXT
    }

    /// How many values it encoded.
    pub fn values(&self) -> usize {
        self.values
    }

    /// How many bytes of text.
    pub fn text(&self) -> usize {
        self.text
    }

    pub fn encode(&mut self, value: &JsValue<'js>, depth: usize) -> Result<Value> {
        self.values += 1;
        if depth > DEEPEST || self.is_exhausted() {
            self.values = MOST + 1;
            return Ok(Value::Undefined);
        }
        Ok(match value.type_of() {
            Type::Undefined | Type::Uninitialized => Value::Undefined,
            Type::Null => Value::Null,
            Type::Bool => Value::Bool(value.as_bool().unwrap_or_default()),
            Type::Int | Type::Float => Value::Number(value.as_number().unwrap_or_default()),
            Type::BigInt => {
                let text: rquickjs::Coerced<String> = value.get()?;
                Value::BigInt(text.0)
            }
            Type::String => {
                let text = self.string(value)?;
                self.state.borrow().text(text)
            }
            Type::Symbol => Value::Text("Symbol()".into()),
            _ => match value.as_object() {
                Some(object) => self.object(value, object, depth)?,
                None => Value::Undefined,
            },
        })
    }

    fn string(&mut self, value: &JsValue<'js>) -> Result<String> {
        let text = match value.as_string() {
            // Half of a surrogate pair is not text that any server takes.
            Some(text) => text.to_string().unwrap_or_else(|_| "\u{fffd}".into()),
            None => String::new(),
        };
        self.text += text.len();
        Ok(text)
    }

    fn object(&mut self, value: &JsValue<'js>, object: &Object<'js>, depth: usize) -> Result<Value> {
        if let Some(identify) = &self.identify {
            let known: JsValue<'js> = identify.call((value.clone(),))?;
            if let Some(known) = known.as_array() {
                return self.known(known, object, depth);
            }
        }
        if let Some(function) = value.as_function() {
            let name: JsValue<'js> = function.get("name")?;
            return Ok(Value::Function(self.string(&name)?));
        }
        if let Some(array) = value.as_array() {
            // A proxy may say anything, and rquickjs takes no length but a small number.
            let length: JsValue<'js> = object.get("length")?;
            let length = length.as_int().and_then(|length| usize::try_from(length).ok()).unwrap_or(usize::MAX);
            if length > MOST {
                self.values = MOST + 1;
                return Ok(Value::Undefined);
            }
            let mut list = Vec::with_capacity(length);
            for index in 0..length {
                let item: JsValue<'js> = array.get(index)?;
                list.push(self.encode(&item, depth + 1)?);
            }
            return Ok(Value::List(list));
        }
        if let Ok(bytes) = rquickjs::TypedArray::<u8>::from_value(value.clone()) {
            self.text += bytes.len();
            if bytes.len() > MOST {
                self.values = MOST + 1;
                return Ok(Value::Undefined);
            }
            let bytes = (0..bytes.len()).map(|index| object.get::<_, u8>(index as u32));
            return Ok(Value::Bytes(bytes.collect::<Result<_>>()?));
        }
        Ok(Value::Object(self.fields(object, depth)?))
    }

    fn fields(&mut self, object: &Object<'js>, depth: usize) -> Result<Vec<(String, Value)>> {
        let mut fields = Vec::new();
        for key in object.own_keys::<String>(Filter::new().string().enum_only()) {
            let key = key?;
            let value: JsValue<'js> = object.get(key.as_str())?;
            self.text += key.len();
            fields.push((key, self.encode(&value, depth + 1)?));
            if self.is_exhausted() {
                break;
            }
        }
        Ok(fields)
    }

    /// A value of the kernel's.
    fn known(&mut self, known: &Array<'js>, object: &Object<'js>, depth: usize) -> Result<Value> {
        let kind: i32 = known.get(0)?;
        if kind == 3 {
            let name: String = known.get(1)?;
            return Ok(Value::Made(name, self.fields(object, depth)?));
        }
        if kind == 5 {
            return Ok(Value::Function(known.get(1)?));
        }
        if kind == 4 {
            return Ok(Value::Date(known.get(1)?));
        }
        let id: usize = known.get(1)?;
        match kind {
            0 => self.state.borrow_mut().is_used(id),
            1 => self.state.borrow_mut().is_hole_used(id),
            _ => {}
        }
        let state = self.state.borrow();
        let size = |id: usize| state.sizes.get(id).copied().unwrap_or_default();
        self.values = self.values.saturating_add(match kind {
            0 => size(id),
            2 => state.bodies.get(id).into_iter().flatten().map(|id| size(*id as usize)).sum(),
            _ => 0,
        });
        if self.values > MOST {
            return Ok(Value::Undefined);
        }
        let chain = |id: usize| state.chains.get(id).cloned().unwrap_or_default();
        Ok(match kind {
            0 => Value::Chain(chain(id)),
            1 => {
                let source = state.holes.get(id).cloned().unwrap_or_default();
                Value::Hole(super::super::tape::Hole { source })
            }
            _ => {
                let chains = state.bodies.get(id).cloned().unwrap_or_default();
                Value::Body(chains.into_iter().map(|id| chain(id as usize)).collect())
            }
        })
    }
}

impl Encoder<'_, '_> {
    /// An answer as the guest gets it; a hole where there is none.
    pub fn revive<'js>(
        ctx: &Ctx<'js>,
        answer: Option<&Value>,
        hole: Option<&Persistent<Function<'static>>>,
        source: &str,
    ) -> Result<JsValue<'js>> {
        let hole_of = |source: &str| -> Result<JsValue<'js>> {
            match hole {
                Some(hole) => hole.clone().restore(ctx)?.call((source,)),
                None => Ok(JsValue::new_undefined(ctx.clone())),
            }
        };
        let Some(answer) = answer else { return hole_of(source) };
        let inner = |value: &Value| Self::revive(ctx, Some(value), hole, source);
        Ok(match answer {
            Value::Undefined => JsValue::new_undefined(ctx.clone()),
            Value::Null => JsValue::new_null(ctx.clone()),
            Value::Bool(truth) => JsValue::new_bool(ctx.clone(), *truth),
            Value::Number(number) => JsValue::new_number(ctx.clone(), *number),
            Value::Text(text) => rquickjs::String::from_str(ctx.clone(), text)?.into_value(),
            Value::List(values) => {
                let array = Array::new(ctx.clone())?;
                for (index, value) in values.iter().enumerate() {
                    array.set(index, inner(value)?)?;
                }
                array.into_value()
            }
            Value::Object(fields) | Value::Made(_, fields) => {
                let object = Object::new(ctx.clone())?;
                for (key, value) in fields {
                    object.set(key.as_str(), inner(value)?)?;
                }
                object.into_value()
            }
            Value::Hole(known) => hole_of(&known.source)?,
            Value::BigInt(_)
            | Value::Mixed(_)
            | Value::Date(_)
            | Value::Bytes(_)
            | Value::Chain(_)
            | Value::Body(_)
            | Value::Function(_) => hole_of(source)?,
        })
    }
}
