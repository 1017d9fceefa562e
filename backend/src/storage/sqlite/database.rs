//! One SQLite file: one writer thread that commits in groups, readers beside it.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering::Relaxed},
        mpsc,
    },
    time::Duration,
};

use refinery::Runner;
use rusqlite::{Connection, OpenFlags};
use tokio::sync::oneshot;
use url::Url;

use crate::{files, storage::StorageError};

mod bulletin {
    refinery::embed_migrations!("migrations/bulletin");
}

mod register {
    refinery::embed_migrations!("migrations/register");
}

/// How many waiting writes share one commit, and so one fsync.
const GROUP: usize = 256;
/// How often the writer looks whether the write-ahead log has still to be emptied.
const LEFTOVERS: Duration = Duration::from_secs(5);

/// How many statements a writer keeps ready: more than there are.
const STATEMENTS: usize = 64;

/// How many readers stay open while nobody reads.
const IDLE_READERS: usize = 8;

impl From<rusqlite::Error> for StorageError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Failed(Arc::new(error))
    }
}

/// The tables of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Schema {
    Bulletin,
    Register,
}

impl Schema {
    fn migrations(self) -> Runner {
        let runner = match self {
            Self::Bulletin => bulletin::migrations::runner(),
            Self::Register => register::migrations::runner(),
        };
        // grouped, no migration is made and not noted
        runner.set_grouped(true)
    }

    /// One that only it has.
    fn table(self) -> &'static str {
        match self {
            Self::Bulletin => "frames",
            Self::Register => "records",
        }
    }

    fn writer_name(self) -> &'static str {
        match self {
            Self::Bulletin => "bulletin-writer",
            Self::Register => "register-writer",
        }
    }
}

type Finish = Box<dyn FnOnce(Result<(), StorageError>)>;
type Job = Box<dyn FnOnce(Result<&Connection, StorageError>) -> Finish + Send>;

#[derive(Clone)]
pub struct Database {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    jobs: mpsc::Sender<Job>,
    readers: Mutex<Vec<Connection>>,
    erased: Arc<AtomicBool>,
    /// Where nothing can be written beside the file, not even what readers share, there is one reader.
    only: Option<Mutex<Connection>>,
}

impl Database {
    /// Makes a new file with the newest tables.
    pub fn create(path: &Path, schema: Schema) -> Result<Self, StorageError> {
        // made by us first: what SQLite makes beside it takes over who may read it
        files::write_private(path, b"").map_err(|error| StorageError::Failed(Arc::new(error)))?;
        Self::start(path, schema, Connection::open(path)?)
    }

    /// Opens a file that is there, and brings it forward; one newer than the program is refused untouched. On a full or
    /// read-only disk it is opened for reading alone, and each write is answered with [`StorageError::Stopped`].
    pub fn open(path: &Path, schema: Schema) -> Result<Self, StorageError> {
        if !path.is_file() {
            return Err(StorageError::Missing(path.to_owned()));
        }
        let opened = open_reader(path)
            .and_then(|reader| refuse_other(path, &reader, schema))
            .and_then(|()| Self::start(path, schema, Connection::open(path)?));
        match opened {
            Err(error @ StorageError::Failed(_)) => {
                tracing::error!(error = &error as &dyn std::error::Error, "nothing can be written");
                Self::as_it_is(path, schema).map_err(|_| opening(path, error))
            }
            opened => opened,
        }
    }

    /// Opens a file that nobody writes to, and changes nothing in it or beside it.
    ///
    /// # Errors
    /// It is not there, no database of this kind, or newer than the program.
    pub fn open_still(path: &Path, schema: Schema) -> Result<Self, StorageError> {
        if !path.is_file() {
            return Err(StorageError::Missing(path.to_owned()));
        }
        let opened = open_unchanging(path).and_then(|only| Self::reading(path, schema, only));
        opened.map_err(|error| opening(path, error))
    }

    fn as_it_is(path: &Path, schema: Schema) -> Result<Self, StorageError> {
        Self::reading(path, schema, open_alone(path)?)
    }

    fn reading(path: &Path, schema: Schema, only: Connection) -> Result<Self, StorageError> {
        refuse_other(path, &only, schema)?;
        // nobody is at the other end
        let (jobs, _) = mpsc::channel();
        let (readers, erased) = (Mutex::default(), Arc::default());
        let inner = Inner { path: path.to_owned(), jobs, readers, erased, only: Some(Mutex::new(only)) };
        Ok(Self { inner: Arc::new(inner) })
    }

    fn start(path: &Path, schema: Schema, mut connection: Connection) -> Result<Self, StorageError> {
        prepare(&connection)?;
        schema.migrations().run(&mut connection).map_err(|error| StorageError::Migration(Arc::new(error)))?;
        let (jobs, queue) = mpsc::channel();
        let erased = Arc::new(AtomicBool::new(false));
        let due = erased.clone();
        std::thread::Builder::new()
            .name(schema.writer_name().into())
            .spawn(move || write_all(&connection, &queue, &due))
            .map_err(|error| StorageError::Thread(Arc::new(error)))?;
        Ok(Self {
            inner: Arc::new(Inner { path: path.to_owned(), jobs, readers: Mutex::default(), erased, only: None }),
        })
    }

    /// Runs `work` on the writer and answers once it is on the disk. `committed` runs there too, right after
    /// the commit, so that what it announces is announced in the order of the commits.
    pub async fn write<T, E>(
        &self,
        work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static,
        committed: impl FnOnce(&T) + Send + 'static,
    ) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            let outcome = connection.map_err(E::from).and_then(|connection| in_savepoint(connection, work));
            Box::new(move |commit| {
                let outcome = outcome.and_then(|value| commit.map(|()| value).map_err(E::from));
                if let Ok(value) = &outcome {
                    committed(value);
                }
                // whoever asked may have hung up; what was written stands
                drop(reply.send(outcome));
            })
        });
        self.inner.jobs.send(job).map_err(|_| StorageError::Stopped)?;
        answer.await.map_err(|_| StorageError::Stopped)?
    }

    /// The same for work that erases: before it is answered, what it erased is gone from the write-ahead log too.
    pub async fn erase<T, E>(&self, work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let erased = self.inner.erased.clone();
        let noting = move |connection: &Connection| {
            let outcome = work(connection);
            erased.store(true, Relaxed);
            outcome
        };
        self.write(noting, |_| ()).await
    }

    /// Runs `work` on a reader, off the async threads.
    pub async fn read<T, E>(&self, work: impl FnOnce(&Connection) -> Result<T, E> + Send + 'static) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
    {
        let database = self.clone();
        tokio::task::spawn_blocking(move || database.look_up(work)).await.map_err(|_| StorageError::Stopped)?
    }

    /// Runs `work` on a reader, here and now: for one row by its key, which takes less than a change of threads.
    pub fn look_up<T, E: From<StorageError>>(&self, work: impl FnOnce(&Connection) -> Result<T, E>) -> Result<T, E> {
        if let Some(only) = &self.inner.only {
            return work(&only.lock().unwrap_or_else(PoisonError::into_inner));
        }
        let readers = || self.inner.readers.lock().unwrap_or_else(PoisonError::into_inner);
        let idle = readers().pop();
        let reader = match idle {
            Some(reader) => reader,
            None => open_reader(&self.inner.path)?,
        };
        let outcome = work(&reader);
        let mut readers = readers();
        if readers.len() < IDLE_READERS {
            readers.push(reader);
        }
        outcome
    }
}

/// Copies a database as it is at one moment, while it is written to, into a new file.
///
/// # Errors
/// One of the files cannot be opened, or the copy not be made.
pub fn copy(from: &Path, to: &Path) -> Result<(), StorageError> {
    if !from.is_file() {
        return Err(StorageError::Missing(from.to_owned()));
    }
    files::write_private(to, b"").map_err(|error| StorageError::Failed(Arc::new(error)))?;
    let source = Connection::open_with_flags(from, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    source.busy_timeout(std::time::Duration::from_secs(5))?;
    let to = to.to_str().ok_or(rusqlite::Error::InvalidPath(to.to_owned()))?;
    source.execute("VACUUM INTO ?1", [to])?;
    Ok(())
}

fn prepare(connection: &Connection) -> Result<(), StorageError> {
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; \
         PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;",
    )?;
    Ok(())
}

fn open_reader(path: &Path) -> Result<Connection, StorageError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let reader = Connection::open_with_flags(path, flags)?;
    reader.busy_timeout(Duration::from_secs(5))?;
    Ok(reader)
}

/// Opens a file beside which nothing can be written. Where all that was committed is in it, as one that never changes;
/// else alone, with what readers share in memory.
fn open_alone(path: &Path) -> Result<Connection, StorageError> {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    if std::fs::metadata(log).is_ok_and(|log| log.len() > 0) {
        let alone = Connection::open(path)?;
        alone.execute_batch("PRAGMA locking_mode = EXCLUSIVE; PRAGMA query_only = ON;")?;
        return Ok(alone);
    }
    open_unchanging(path)
}

fn open_unchanging(path: &Path) -> Result<Connection, StorageError> {
    let absolute = std::path::absolute(path).map_err(|error| StorageError::Failed(Arc::new(error)))?;
    let mut uri = Url::from_file_path(absolute).map_err(|()| StorageError::Missing(path.to_owned()))?;
    uri.set_query(Some("immutable=1"));
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    Ok(Connection::open_with_flags(uri.as_str(), flags)?)
}

/// A failure of the file itself, by its name.
fn opening(path: &Path, error: StorageError) -> StorageError {
    if let StorageError::Failed(_) = &error {
        return StorageError::Open { path: path.to_owned(), source: Box::new(error) };
    }
    error
}

/// Refuses what this program did not make, or a newer one did.
fn refuse_other(path: &Path, reader: &Connection, schema: Schema) -> Result<(), StorageError> {
    if !reader.table_exists(None, "refinery_schema_history")? || !reader.table_exists(None, schema.table())? {
        return Err(StorageError::Foreign(path.to_owned()));
    }
    let found: Option<u32> =
        reader.query_row("SELECT max(version) FROM refinery_schema_history", [], |row| row.get(0))?;
    let runner = schema.migrations();
    let known = runner.get_migrations().iter().map(|migration| migration.version()).max();
    match (found, known) {
        (Some(found), Some(known)) if found > known as u32 => Err(StorageError::Newer { found, known: known as u32 }),
        (Some(_) | None, Some(_) | None) => Ok(()),
    }
}

fn write_all(connection: &Connection, queue: &mpsc::Receiver<Job>, erased: &AtomicBool) {
    loop {
        let first = match queue.recv_timeout(LEFTOVERS) {
            Ok(first) => first,
            Err(mpsc::RecvTimeoutError::Timeout) => {
                clear_log(connection, erased);
                continue;
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => return,
        };
        let group = std::iter::once(first).chain(queue.try_iter().take(GROUP - 1));
        let begun = connection.execute_batch("BEGIN IMMEDIATE").map_err(StorageError::from);
        let waiting: Vec<Finish> = group.map(|job| job(begun.clone().map(|()| connection))).collect();
        let outcome = begun.and_then(|()| connection.execute_batch("COMMIT").map_err(StorageError::from));
        if outcome.is_err()
            && !connection.is_autocommit()
            && let Err(error) = connection.execute_batch("ROLLBACK")
        {
            tracing::error!(%error, "a failed commit could not be rolled back");
        }
        clear_log(connection, erased);
        for finish in waiting {
            finish(outcome.clone());
        }
    }
}

/// Empties the write-ahead log where something was erased. A reader at work can hold it up: then later.
fn clear_log(connection: &Connection, erased: &AtomicBool) {
    if !erased.swap(false, Relaxed) {
        return;
    }
    match connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get::<_, bool>(0)) {
        Ok(false) => {}
        Ok(true) => erased.store(true, Relaxed),
        Err(error) => {
            tracing::error!(%error, "what was erased may still be in the write-ahead log");
            erased.store(true, Relaxed);
        }
    }
}

/// One job's failure takes back that job only, not the group it shares a commit with.
fn in_savepoint<T, E: From<StorageError>>(
    connection: &Connection,
    work: impl FnOnce(&Connection) -> Result<T, E>,
) -> Result<T, E> {
    let run = |sql: &str| -> Result<(), StorageError> { Ok(connection.prepare_cached(sql)?.execute([]).map(drop)?) };
    run("SAVEPOINT job")?;
    // a panic in one job is that job's failure
    let outcome = catch_unwind(AssertUnwindSafe(|| work(connection))).unwrap_or_else(|_| {
        tracing::error!("a write panicked");
        Err(StorageError::Panicked.into())
    });
    match &outcome {
        Ok(_) => run("RELEASE job")?,
        Err(_) => {
            run("ROLLBACK TO job")?;
            run("RELEASE job")?;
        }
    }
    outcome
}
