//! Running a statement: prepared once for each connection, its rows read where they lie.

use rusqlite::{Connection, Params, Row, types::FromSqlError};

use crate::{error::Error, rows::NamedColumns};

/// How many rows a statement changed.
pub(super) fn execute(connection: &Connection, text: &str, values: impl Params) -> Result<usize, Error> {
    Ok(connection.prepare_cached(text)?.execute(values)?)
}

/// The first row of an answer, as `read` understands it.
pub(super) fn first<T>(
    connection: &Connection,
    text: &str,
    values: impl Params,
    read: impl FnOnce(&Row<'_>) -> Result<T, Error>,
) -> Result<Option<T>, Error> {
    let mut statement = connection.prepare_cached(text)?;
    let mut rows = statement.query(values)?;
    rows.next()?.map(read).transpose()
}

/// All rows of an answer, as `read` understands them.
pub(super) fn all<T>(
    connection: &Connection,
    text: &str,
    values: impl Params,
    mut read: impl FnMut(&Row<'_>) -> Result<T, Error>,
) -> Result<Vec<T>, Error> {
    let mut statement = connection.prepare_cached(text)?;
    let mut rows = statement.query(values)?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(read(row)?);
    }
    Ok(found)
}

impl NamedColumns for Row<'_> {
    fn integer(&self, name: &str) -> Result<i64, Error> {
        Ok(self.get(name)?)
    }

    fn optional_integer(&self, name: &str) -> Result<Option<i64>, Error> {
        Ok(self.get(name)?)
    }

    fn flag(&self, name: &str) -> Result<bool, Error> {
        Ok(self.get(name)?)
    }

    fn text(&self, name: &str) -> Result<&str, Error> {
        self.get_ref(name)?.as_str().map_err(|error| misread(name, &error))
    }

    fn optional_text(&self, name: &str) -> Result<Option<&str>, Error> {
        self.get_ref(name)?
            .as_str_or_null()
            .map_err(|error| misread(name, &error))
    }

    fn bytes(&self, name: &str) -> Result<&[u8], Error> {
        self.get_ref(name)?.as_blob().map_err(|error| misread(name, &error))
    }
}

fn misread(column: &str, error: &FromSqlError) -> Error {
    Error::Unreadable {
        column: column.to_owned(),
        problem: error.to_string(),
    }
}
