namespace Akimbo.Imaging;

/// <summary>What a picture file says about itself.</summary>
/// <param name="Width">Pixels in a row, after the EXIF orientation is applied.</param>
/// <param name="Height">Rows, after the EXIF orientation is applied.</param>
/// <param name="Format">The format found in the content.</param>
public sealed record ImageInfo(int Width, int Height, ImageFormat Format);
