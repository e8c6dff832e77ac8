namespace Akimbo.Networks.Onnx;

/// <summary>The order of an image's dimensions.</summary>
public enum OnnxImageLayout
{
    /// <summary>[N, H, W, 3], as decoded pictures lie in memory.</summary>
    ChannelsLast,

    /// <summary>[N, 3, H, W].</summary>
    ChannelsFirst,
}

/// <summary>
/// An input of RGB pixels from 0 to 255, called <c>image</c>, normalised inside the graph:
/// <c>(value / 255 − mean) / std</c>.
/// </summary>
public sealed record OnnxImageInput
{
    /// <summary>The order of the dimensions.</summary>
    public OnnxImageLayout Layout { get; init; } = OnnxImageLayout.ChannelsLast;

    /// <summary>Whether pixels are floats rather than bytes.</summary>
    public bool IsFloat { get; init; }

    /// <summary>What is subtracted from each channel, of values from 0 to 1.</summary>
    public required IReadOnlyList<float> Mean { get; init; }

    /// <summary>What each channel is divided by; positive.</summary>
    public required IReadOnlyList<float> Std { get; init; }
}
