//! Between RGB and the planes of a frame: BT.709, limited range, chroma halved both ways.

use domain::media::{Frame, Picture, Size};
use yuv::{
    BufferStoreMut, YuvConversionMode, YuvPlanarImage, YuvPlanarImageMut, YuvRange, YuvStandardMatrix, rgb_to_yuv420,
    yuv420_to_rgb,
};

/// The picture as a frame of the same size. Both sides must be even.
pub(crate) fn picture_to_frame(picture: &Picture) -> Frame {
    let mut frame = Frame::black(picture.size);
    let Size { width, height } = picture.size;
    let mut planes = YuvPlanarImageMut {
        y_plane: BufferStoreMut::Borrowed(&mut frame.y),
        y_stride: width,
        u_plane: BufferStoreMut::Borrowed(&mut frame.u),
        u_stride: width / 2,
        v_plane: BufferStoreMut::Borrowed(&mut frame.v),
        v_stride: width / 2,
        width,
        height,
    };
    // It fails only for planes or strides that do not match the size, and these were just made from it.
    let converted = rgb_to_yuv420(
        &mut planes,
        &picture.rgb,
        width * 3,
        YuvRange::Limited,
        YuvStandardMatrix::Bt709,
        YuvConversionMode::Balanced,
    );
    debug_assert!(converted.is_ok(), "{converted:?}");
    frame
}

/// The frame as an sRGB picture, for covers and last frames.
pub fn frame_to_picture(frame: &Frame) -> Picture {
    let Size { width, height } = frame.size;
    let mut rgb = vec![0; width as usize * height as usize * 3];
    let planes = YuvPlanarImage {
        y_plane: &frame.y,
        y_stride: width,
        u_plane: &frame.u,
        u_stride: width / 2,
        v_plane: &frame.v,
        v_stride: width / 2,
        width,
        height,
    };
    let converted = yuv420_to_rgb(
        &planes,
        &mut rgb,
        width * 3,
        YuvRange::Limited,
        YuvStandardMatrix::Bt709,
    );
    debug_assert!(converted.is_ok(), "{converted:?}");
    Picture { size: frame.size, rgb }
}
