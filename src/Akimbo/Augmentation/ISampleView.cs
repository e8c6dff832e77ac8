using Akimbo.Imaging;

namespace Akimbo.Augmentation;

/// <summary>What a network is shown of a sample.</summary>
internal interface ISampleView
{
    /// <summary>Columns of the input.</summary>
    int Width { get; }

    /// <summary>Rows of the input.</summary>
    int Height { get; }

    /// <summary>Whether left and right are exchanged.</summary>
    bool IsMirrored { get; }

    /// <summary>The pixels.</summary>
    /// <param name="picture">The sample's picture, which stays as it is.</param>
    /// <param name="planes">[3, height, width], 0 to 1; every value is written, 0 where the picture ends.</param>
    void Extract(Image picture, Span<float> planes);
}
