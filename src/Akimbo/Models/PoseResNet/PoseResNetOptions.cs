using Akimbo.Networks;

namespace Akimbo.Models.PoseResNet;

/// <summary>The sizes of a <see cref="PoseResNet"/>; the defaults are those of the published ResNet-50 for COCO.</summary>
public sealed record PoseResNetOptions : INetworkOptions
{
    /// <summary>ResNet-50: 34.0 million parameters.</summary>
    public static PoseResNetOptions ResNet50 { get; } = new();

    /// <summary>ResNet-101: 53.0 million parameters.</summary>
    public static PoseResNetOptions ResNet101 { get; } = new() { Blocks = [3, 4, 23, 3] };

    /// <summary>ResNet-152: 68.6 million parameters.</summary>
    public static PoseResNetOptions ResNet152 { get; } = new() { Blocks = [3, 8, 36, 3] };

    /// <summary>K: heatmaps.</summary>
    public int Keypoints { get; init; } = 17;

    /// <summary>Channels of the stem and inside the blocks of <c>layer1</c>; each further layer has twice as many.</summary>
    public int Channels { get; init; } = 64;

    /// <summary>Bottlenecks of <c>layer1</c> to <c>layer4</c>.</summary>
    public IReadOnlyList<int> Blocks { get; init; } = [3, 4, 6, 3];

    /// <summary>Channels of each transposed convolution, 4×4 with stride 2; every one doubles the heatmaps' size.</summary>
    public IReadOnlyList<int> DeconvChannels { get; init; } = [256, 256, 256];

    /// <summary>Checks the sizes.</summary>
    /// <exception cref="ArgumentException">They make no network; the message says which.</exception>
    public void Validate()
    {
        if (Blocks.Count != 4 || Blocks.Any(count => count < 1))
            throw new ArgumentException($"A ResNet has four layers of at least one block; the options say [{string.Join(", ", Blocks)}].");
        if (Keypoints < 1 || Channels < 1 || DeconvChannels.Count < 1 || DeconvChannels.Any(channels => channels < 1))
            throw new ArgumentException($"A PoseResNet has one keypoint, channel and deconvolution at least; the options say {Keypoints}, {Channels} and [{string.Join(", ", DeconvChannels)}].");
    }

    /// <inheritdoc/>
    public Network CreateNetwork() => new PoseResNet(this);
}
