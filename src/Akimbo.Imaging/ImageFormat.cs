namespace Akimbo.Imaging;

/// <summary>The file formats that pictures are read from and written to.</summary>
public enum ImageFormat
{
    /// <summary>JPEG, baseline or progressive.</summary>
    Jpeg,

    /// <summary>Portable Network Graphics: lossless.</summary>
    Png,

    /// <summary>WebP, lossy or lossless.</summary>
    WebP,
}
