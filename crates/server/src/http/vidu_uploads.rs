//! Vidu's uploads: three steps, of which only the second needs no key.

use axum::{
    Json,
    extract::{Path, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    failure::{Code, Failure},
    id::KeyId,
};
use service::Address;
use wire::{
    upload,
    vidu::{self, upload as steps},
};

use super::{App, auth, body, query, refused::Refused};

/// One picture's bytes.
const LARGEST: u64 = 10 << 20;
const LONGEST_STEP: u64 = 64 * 1024;

/// First step: gives an address that takes one picture.
#[utoipa::path(
    post,
    operation_id = "vidu_upload_begin",
    path = "/tools/v2/files/uploads",
    tag = "vidu",
    request_body = Option<steps::Request>,
    responses(
        (status = 200, description = "Where to put it", body = steps::Answer),
        (status = 401, description = "No API key, or a wrong one", body = vidu::error::Body),
        (status = 429, description = "Too many requests", body = vidu::error::Body),
        (status = 503, description = "Shutting down, or no room on the disk", body = vidu::error::Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn begin(State(app): State<App>, request: Request) -> Result<Json<steps::Answer>, Refused> {
    let (head, body) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    body::small(body, &app.settings, LONGEST_STEP).await?;
    let ticket = app.service.begin_upload(&caller)?;
    Ok(Json(steps::answer(ticket.id, ticket.put_url, ticket.expires_at)))
}

/// Second step: takes the picture (png, jpeg, webp; at most 10 MB). No key is needed: the address is signed. The
/// answer's `etag` belongs into the third step.
#[utoipa::path(
    put,
    operation_id = "vidu_upload_put",
    path = "/tools/v2/files/content/{key}/{id}",
    tag = "vidu",
    params(
        ("key" = String, Path, description = "As in the address"),
        ("id" = String, Path, description = "As in the address"),
        ("expires" = String, Query, description = "As in the address"),
        ("signature" = String, Query, description = "As in the address"),
    ),
    request_body(content = Vec<u8>, content_type = "image/png", description = "The picture's bytes"),
    responses(
        (status = 200, description = "It is there", headers(("etag" = String, description = "Names the bytes, in quotes"))),
        (status = 400, description = "No picture, or too large", body = vidu::error::Body),
        (status = 403, description = "The address was not given out here, or has expired", body = vidu::error::Body),
        (status = 503, description = "No room on the disk", body = vidu::error::Body),
    ),
)]
pub(crate) async fn put(
    State(app): State<App>,
    Path((key, id)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Refused> {
    let (head, body) = request.into_parts();
    let parameter = |name| query::parameter(&head.uri, &[name]);
    let address = (|| {
        Some(Address {
            key: KeyId(key.parse().ok()?),
            id: upload::parse(&id)?,
            expires: parameter("expires")?.parse().ok()?,
            signature: parameter("signature")?,
        })
    })();
    let address = address.filter(|address| app.service.check_address(address).is_ok());
    let Some(address) = address else {
        return Err(Refused::new(
            Code::AddressInvalid,
            "the upload's address was not given out here, or has expired",
        ));
    };
    let folder = app.service.uploads_dir();
    let (file, etag) = body::file(&head.headers, body, &app.settings, folder, LARGEST).await?;
    app.service.store_upload(&address, &file, &etag).await?;
    let etag = HeaderValue::try_from(format!("\"{etag}\"")).map_err(Failure::internal)?;
    let headers: [(HeaderName, HeaderValue); 1] = [(header::ETAG, etag)];
    Ok((StatusCode::OK, headers).into_response())
}

/// Third step: says that the picture is whole. The URI may stand in `images`, for a day.
#[utoipa::path(
    put,
    operation_id = "vidu_upload_finish",
    path = "/tools/v2/files/uploads/{id}/finish",
    tag = "vidu",
    params(("id" = String, Path, description = "The upload's id")),
    request_body = steps::Finish,
    responses(
        (status = 200, description = "It can be used", body = steps::Finished),
        (status = 400, description = "No etag", body = vidu::error::Body),
        (status = 401, description = "No API key, or a wrong one", body = vidu::error::Body),
        (status = 404, description = "No such upload of this key's, or another etag", body = vidu::error::Body),
        (status = 429, description = "Too many requests", body = vidu::error::Body),
    ),
    security(("key" = [])),
)]
pub(crate) async fn finish(
    State(app): State<App>,
    Path(id): Path<String>,
    request: Request,
) -> Result<Json<steps::Finished>, Refused> {
    let (head, body) = request.into_parts();
    let caller = auth::caller(&app, &head).await?;
    let text = body::small(body, &app.settings, LONGEST_STEP).await?;
    let lacking = || Failure {
        parameter: Some("etag".to_owned()),
        ..Failure::new(Code::FieldMissing, "etag")
    };
    let etag = steps::etag(&text).ok_or_else(lacking)?;
    let id = upload::parse(&id).ok_or_else(|| Failure::new(Code::UploadUnknown, "there is no such upload"))?;
    app.service.finish_upload(&caller, id, &etag).await?;
    Ok(Json(steps::finished(id)))
}
