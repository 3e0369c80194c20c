//! Every way in which a fetch ends without a picture, and what each means for the client.

use std::{fmt, io::ErrorKind, net::IpAddr};

use domain::{
    draft::Field,
    failure::{Code, Failure},
};
use picture::PictureError;
use reqwest::StatusCode;

/// Why there is no picture.
#[derive(Debug)]
pub(super) enum Refusal {
    /// Neither http nor https.
    Scheme,
    /// A user or a password stands in the URL.
    Credentials,
    /// None of the host's addresses may be connected.
    Address {
        found: Vec<IpAddr>,
    },
    /// A redirect from https to http.
    Downgrade,
    TooManyRedirects,
    /// A redirect without a place to go, or to an unreadable one.
    BadRedirect,
    /// No root certificates on this machine.
    NoRoots,
    Status(StatusCode),
    /// A content encoding that was not asked for.
    Encoded,
    TooLarge {
        limit: u64,
    },
    TimedOut(&'static str),
    /// The name was not found, nobody listened, or the connection broke.
    Unreachable(String),
    /// The picture's own faults: its format, its size, its ratio.
    Picture(PictureError),
    /// Our own disk.
    Disk(std::io::Error),
}

/// The kinds of refusal, for counting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RefusalKind {
    Scheme,
    Credentials,
    Address,
    Redirect,
    NoRoots,
    Status,
    Encoded,
    TooLarge,
    TimedOut,
    Unreachable,
    Picture,
    Disk,
}

impl RefusalKind {
    pub const ALL: [Self; 12] = [
        Self::Scheme,
        Self::Credentials,
        Self::Address,
        Self::Redirect,
        Self::NoRoots,
        Self::Status,
        Self::Encoded,
        Self::TooLarge,
        Self::TimedOut,
        Self::Unreachable,
        Self::Picture,
        Self::Disk,
    ];

    /// As a metric's label.
    pub fn name(self) -> &'static str {
        match self {
            Self::Scheme => "scheme",
            Self::Credentials => "credentials",
            Self::Address => "address",
            Self::Redirect => "redirect",
            Self::NoRoots => "no_root_certificates",
            Self::Status => "status",
            Self::Encoded => "encoded",
            Self::TooLarge => "too_large",
            Self::TimedOut => "timed_out",
            Self::Unreachable => "unreachable",
            Self::Picture => "picture",
            Self::Disk => "disk",
        }
    }
}

impl Refusal {
    pub(super) fn unresolved(why: impl fmt::Display) -> Self {
        Self::Unreachable(format!("the host's name was not resolved: {why}"))
    }

    pub(super) fn kind(&self) -> RefusalKind {
        match self {
            Self::Scheme => RefusalKind::Scheme,
            Self::Credentials => RefusalKind::Credentials,
            Self::Address { .. } => RefusalKind::Address,
            Self::Downgrade | Self::TooManyRedirects | Self::BadRedirect => RefusalKind::Redirect,
            Self::NoRoots => RefusalKind::NoRoots,
            Self::Status(_) => RefusalKind::Status,
            Self::Encoded => RefusalKind::Encoded,
            Self::TooLarge { .. } => RefusalKind::TooLarge,
            Self::TimedOut(_) => RefusalKind::TimedOut,
            Self::Unreachable(_) => RefusalKind::Unreachable,
            Self::Picture(_) => RefusalKind::Picture,
            Self::Disk(_) => RefusalKind::Disk,
        }
    }

    /// Whether the same request could end better in a moment.
    pub(super) fn is_passing(&self) -> bool {
        match self {
            Self::Status(status) => status.is_server_error(),
            Self::TimedOut(_) | Self::Unreachable(_) => true,
            _ => false,
        }
    }

    /// What the client learns: the picture's field and the kind of trouble, never an address, a path or any part of
    /// the URL.
    pub(super) fn failure(self, field: Field) -> Failure {
        let detail = self.to_string();
        let (code, problem) = match self {
            Self::Scheme => (
                Code::ImageForbiddenAddress,
                "only http and https are fetched".to_owned(),
            ),
            Self::Credentials => (
                Code::ImageForbiddenAddress,
                "a URL with a user or a password is not fetched".to_owned(),
            ),
            Self::Address { .. } => (
                Code::ImageForbiddenAddress,
                "its address is not on the public internet".to_owned(),
            ),
            Self::Downgrade => (
                Code::ImageForbiddenAddress,
                "its server redirects from https to http".to_owned(),
            ),
            Self::TooManyRedirects => (Code::ImageUnreachable, "its server redirects too often".to_owned()),
            Self::BadRedirect => (Code::ImageUnreachable, "its server redirects to nowhere".to_owned()),
            Self::NoRoots => (
                Code::ImageUnreachable,
                "this service has no root certificates and cannot use https".to_owned(),
            ),
            Self::Status(status) => (
                Code::ImageUnreachable,
                format!("its server answered {}", status.as_u16()),
            ),
            Self::Encoded => (
                Code::ImageUnreachable,
                "its server sent it compressed, which was not asked for".to_owned(),
            ),
            Self::TooLarge { limit } => {
                return Failure::new(Code::ImageTooLarge, too_large(limit))
                    .detail(detail)
                    .of(field);
            }
            Self::TimedOut(what) => (Code::ImageUnreachable, format!("its server took too long {what}")),
            Self::Unreachable(_) => (
                Code::ImageUnreachable,
                "its server was not reached, or broke the connection".to_owned(),
            ),
            Self::Picture(error) => return error.of(field),
            Self::Disk(error) if error.kind() == ErrorKind::StorageFull => {
                return Failure::new(Code::DiskFull, "a picture was not stored: the disk is full");
            }
            Self::Disk(_) => return Failure::internal(format!("a picture was not stored: {detail}")),
        };
        Failure::new(code, format!("was not fetched: {problem}"))
            .detail(detail)
            .of(field)
    }
}

fn too_large(limit: u64) -> String {
    const MEBIBYTE: u64 = 1 << 20;
    if limit >= MEBIBYTE {
        format!("is larger than {} MB", limit / MEBIBYTE)
    } else {
        format!("is larger than {limit} bytes")
    }
}

impl fmt::Display for Refusal {
    /// For the log.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scheme => formatter.write_str("neither http nor https"),
            Self::Credentials => formatter.write_str("credentials in the URL"),
            Self::Address { found } => write!(formatter, "forbidden addresses {found:?}"),
            Self::Downgrade => formatter.write_str("redirect from https to http"),
            Self::TooManyRedirects => formatter.write_str("too many redirects"),
            Self::BadRedirect => formatter.write_str("redirect without a readable location"),
            Self::NoRoots => formatter
                .write_str("no root certificates on this machine: install ca-certificates or set SSL_CERT_FILE"),
            Self::Status(status) => write!(formatter, "status {}", status.as_u16()),
            Self::Encoded => formatter.write_str("encoded answer"),
            Self::TooLarge { limit } => write!(formatter, "more than {limit} bytes"),
            Self::TimedOut(what) => write!(formatter, "took too long {what}"),
            Self::Unreachable(why) => formatter.write_str(why),
            Self::Picture(error) => write!(formatter, "{error}"),
            Self::Disk(error) => write!(formatter, "disk: {error}"),
        }
    }
}

/// An error of the HTTP client, without the URL that it would print.
pub(super) fn from_client(error: reqwest::Error, what: &'static str) -> Refusal {
    if error.is_timeout() {
        return Refusal::TimedOut(what);
    }
    let error = error.without_url();
    let mut text = error.to_string();
    let mut source = std::error::Error::source(&error);
    while let Some(cause) = source {
        text.push_str(": ");
        text.push_str(&cause.to_string());
        source = cause.source();
    }
    Refusal::Unreachable(text)
}

#[cfg(test)]
mod tests {
    use std::io;

    use domain::{draft::Field, failure::Code};

    use super::Refusal;

    #[test]
    fn a_full_disk_is_told_from_a_broken_one() {
        let full = Refusal::Disk(io::ErrorKind::StorageFull.into()).failure(Field::Image(0));
        assert_eq!(full.code, Code::DiskFull);
        let broken = Refusal::Disk(io::Error::other("input/output error at /var/lib/kinora")).failure(Field::Image(0));
        assert_eq!(broken.code, Code::Internal);
        assert!(!broken.public.contains("/var"), "{}", broken.public);
        assert!(full.is_retryable() && broken.is_retryable());
    }
}
