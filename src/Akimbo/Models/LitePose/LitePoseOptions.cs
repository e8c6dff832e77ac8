using Akimbo.Networks;

namespace Akimbo.Models.LitePose;

/// <summary>The sizes of a <see cref="LitePose"/>; the defaults are those of the published LitePose-Auto for CrowdPose.</summary>
public sealed record LitePoseOptions : INetworkOptions
{
    /// <summary>K: heatmaps of each output, and tag maps of the first where it <see cref="HasTags"/>.</summary>
    public int Keypoints { get; init; } = 14;

    /// <summary>Whether the first output has tag maps behind its heatmaps; a network that looks at one person at a time needs none.</summary>
    public bool HasTags { get; init; } = true;

    /// <summary>Channels inside the stem.</summary>
    public int StemChannels { get; init; } = 32;

    /// <summary>Channels that the stem gives the first stage.</summary>
    public int InputChannels { get; init; } = 16;

    /// <summary>Channels of each stage.</summary>
    public IReadOnlyList<int> StageChannels { get; init; } = [24, 48, 72, 120];

    /// <summary>Inverted residuals of each stage.</summary>
    public IReadOnlyList<int> StageBlocks { get; init; } = [6, 8, 10, 10];

    /// <summary>Strides of the stages' first blocks; the last is 1.</summary>
    public IReadOnlyList<int> StageStrides { get; init; } = [2, 2, 2, 1];

    /// <summary>Channels of each step of the decoder: three, as published, or two for a network of heatmaps and tags at a quarter of the input alone.</summary>
    public IReadOnlyList<int> DecoderChannels { get; init; } = [64, 40, 32];

    /// <summary>Channels inside an inverted residual for each of its input.</summary>
    public int Expansion { get; init; } = 6;

    /// <summary>Rows and columns of the depthwise kernels; odd.</summary>
    public int KernelSize { get; init; } = 7;

    /// <summary>Checks that the sizes fit each other.</summary>
    /// <exception cref="ArgumentException">They do not; the message says which.</exception>
    public void Validate()
    {
        if (StageBlocks.Count != StageChannels.Count || StageStrides.Count != StageChannels.Count)
            throw new ArgumentException($"LitePose has {StageChannels.Count} stage widths, {StageBlocks.Count} depths and {StageStrides.Count} strides; expected as many of each.");
        if (StageChannels.Count != 4 || DecoderChannels.Count is not (2 or 3))
            throw new ArgumentException($"LitePose has {StageChannels.Count} stages and {DecoderChannels.Count} decoder steps; expected 4, and 2 or 3.");
        if (StageBlocks.Any(blocks => blocks < 1) || Keypoints < 1 || KernelSize % 2 == 0)
            throw new ArgumentException("LitePose needs at least one block a stage, one keypoint and an odd kernel size.");
    }

    /// <inheritdoc/>
    public Network CreateNetwork() => new LitePose(this);
}
