namespace Akimbo.Tensors.Kernels.Convolutions;

/// <summary>A convolution prepared for one shape and one vector width: packed weights and a plan of its parts.</summary>
internal abstract class ConvolutionKernel
{
    /// <summary>The sizes it was prepared for.</summary>
    public required ConvolutionGeometry Geometry { get; init; }

    /// <summary>The activation applied to every output.</summary>
    public required ActivationRange Range { get; init; }

    /// <summary>Parts that can run at the same time.</summary>
    public abstract int Chunks { get; }

    /// <summary>Floats of scratch memory that a part needs.</summary>
    public abstract int ScratchLength { get; }

    /// <summary>Whether the input is [N, C, H, W] rather than blocked.</summary>
    public virtual bool ReadsPlanarInput => false;

    /// <summary>Computes one part of the output.</summary>
    /// <param name="input">The blocked (or planar) input.</param>
    /// <param name="residual">A blocked map of the output's shape to add before the activation, or empty.</param>
    /// <param name="output">The blocked output, every place of which is written once; may be the residual, and shares no other memory.</param>
    /// <param name="scratch">At least <see cref="ScratchLength"/> floats that no other running part uses.</param>
    /// <param name="chunk">From 0 to <see cref="Chunks"/> − 1.</param>
    public abstract void Run(ReadOnlySpan<float> input, ReadOnlySpan<float> residual, Span<float> output, Span<float> scratch, int chunk);

    /// <summary>The blocks of a panel in image <paramref name="n"/> of a blocked map, or an empty span of an empty one.</summary>
    protected static Span<float> PanelPlanes(Span<float> map, Gemm.GemmWeights weights, int n, int panel, int pixels) =>
        map.IsEmpty ? map : map.Slice((n * weights.OutBlocks + weights.FirstBlockOf(panel)) * pixels * BlockedLayout.Lanes,
            weights.BlocksOf(panel) * pixels * BlockedLayout.Lanes);

    /// <inheritdoc cref="PanelPlanes(Span{float}, Gemm.GemmWeights, int, int, int)"/>
    protected static ReadOnlySpan<float> PanelPlanes(ReadOnlySpan<float> map, Gemm.GemmWeights weights, int n, int panel, int pixels) =>
        map.IsEmpty ? map : map.Slice((n * weights.OutBlocks + weights.FirstBlockOf(panel)) * pixels * BlockedLayout.Lanes,
            weights.BlocksOf(panel) * pixels * BlockedLayout.Lanes);
}
