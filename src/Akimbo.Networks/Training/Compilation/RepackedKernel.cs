using Akimbo.Tensors;
using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Convolutions;
using Akimbo.Tensors.Kernels.Gemm;
using Akimbo.Tensors.Kernels.Repacking;
using Akimbo.Tensors.Kernels.Simd;
using Akimbo.Tensors.Kernels.Winograd;

namespace Akimbo.Networks.Training.Compilation;

/// <summary>A kernel whose packed weights are written anew, part by part, before each pass.</summary>
internal abstract class RepackedKernel
{
    protected RepackedKernel(ConvolutionKernel kernel) => Kernel = kernel;

    /// <summary>The kernel.</summary>
    public ConvolutionKernel Kernel { get; }

    /// <summary>Parts of the weights that can be written at the same time.</summary>
    public abstract int Chunks { get; }

    /// <summary>Writes a part.</summary>
    /// <param name="weights">The parameter's values.</param>
    /// <param name="bias">The bias, or empty for none.</param>
    /// <param name="chunk">From 0 to <see cref="Chunks"/> − 1.</param>
    public abstract void Repack(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int chunk);

    /// <summary>A convolution as it is.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="geometry">The convolution.</param>
    /// <param name="range">The activation.</param>
    /// <param name="isPlanar">Whether the input may lie as [N, C, H, W].</param>
    /// <param name="usesWinograd">Whether Winograd's algorithm may be used.</param>
    /// <param name="threads">Threads that will share the work.</param>
    public static RepackedKernel Forward(SimdPath path, in ConvolutionGeometry geometry, ActivationRange range, bool isPlanar, bool usesWinograd, int threads)
    {
        if (geometry.Transposed) return new Phases(path, geometry, range, ConvolutionOf(geometry), threads);
        if (geometry.IsDepthwise) return new Depthwise(path, geometry, range, isFlipped: false);
        if (isPlanar && PlanarConvolution.Fits(geometry) && !PointwiseConvolution.Fits(geometry))
        {
            var packed = PlanarConvolution.Pack(path, Zeros(geometry), [], geometry);
            return new Gemm(new PlanarConvolution(geometry, packed) { Geometry = geometry, Range = range }, packed, WeightView.Patches(geometry));
        }

        return OfView(path, geometry, range, WeightView.Forward(geometry), usesWinograd, threads);
    }

    /// <summary>The gradient of a convolution by its input, or null where it is depthwise and of another stride than 1.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="geometry">The convolution.</param>
    /// <param name="usesWinograd">Whether Winograd's algorithm may be used.</param>
    /// <param name="threads">Threads that will share the work.</param>
    public static RepackedKernel? InputGradient(SimdPath path, in ConvolutionGeometry geometry, bool usesWinograd, int threads)
    {
        var g = geometry;
        if (g.Transposed) return OfView(path, ConvolutionOf(g), ActivationRange.None, WeightView.Forward(ConvolutionOf(g)), usesWinograd, threads);
        int padding = g.KernelSize - 1 - g.Padding;
        bool isConvolution = g.Stride == 1 && padding >= 0;
        var flipped = new ConvolutionGeometry(g.Batch, g.OutChannels, g.OutHeight, g.OutWidth, g.InChannels, g.KernelSize, 1, padding, g.Groups);
        if (g.IsDepthwise) return isConvolution ? new Depthwise(path, flipped, ActivationRange.None, isFlipped: true) : null;
        if (isConvolution) return OfView(path, flipped, ActivationRange.None, WeightView.InputGradient(g), usesWinograd, threads);

        var transposed = new ConvolutionGeometry(g.Batch, g.OutChannels, g.OutHeight, g.OutWidth, g.InChannels, g.KernelSize, g.Stride, g.Padding, Transposed: true);
        return new Phases(path, transposed with { ExtraRows = g.InHeight - transposed.OutHeight, ExtraColumns = g.InWidth - transposed.OutWidth }, ActivationRange.None, g, threads);
    }

    /// <summary>The convolution whose gradient by its input a transposed convolution is.</summary>
    public static ConvolutionGeometry ConvolutionOf(in ConvolutionGeometry g) =>
        new(g.Batch, g.OutChannels, g.OutHeight, g.OutWidth, g.InChannels, g.KernelSize, g.Stride, g.Padding);

    private static RepackedKernel OfView(SimdPath path, in ConvolutionGeometry geometry, ActivationRange range, WeightView view, bool usesWinograd, int threads)
    {
        int tile = usesWinograd && WinogradConvolution.Fits(geometry) ? WinogradTile.Best(geometry, path) : 0;
        if (tile > 0) return new Winograd(path, geometry, range, view, tile, threads);
        var packed = GemmWeights.PackConvolution(path, Zeros(geometry), [], geometry);
        ConvolutionKernel kernel = PointwiseConvolution.Fits(geometry)
            ? new PointwiseConvolution(geometry, packed, prologue: null, threads) { Geometry = geometry, Range = range }
            : new DenseConvolution(geometry, packed, threads) { Geometry = geometry, Range = range };
        return new Gemm(kernel, packed, view);
    }

    private static float[] Zeros(in ConvolutionGeometry g) => new float[(long)g.OutChannels * (g.InChannels / g.Groups) * g.KernelSize * g.KernelSize];

    private sealed class Gemm(ConvolutionKernel kernel, GemmWeights packed, WeightView view) : RepackedKernel(kernel)
    {
        public override int Chunks => packed.Panels;

        public override void Repack(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int chunk)
        {
            GemmRepacking.WritePanel(packed, chunk, weights, view);
            if (chunk == 0) GemmRepacking.WriteBias(packed, bias);
        }
    }

    private sealed class Winograd : RepackedKernel
    {
        private readonly SimdPath _path;
        private readonly WinogradWeights _packed;
        private readonly WeightView _view;

        public Winograd(SimdPath path, ConvolutionGeometry geometry, ActivationRange range, WeightView view, int tile, int threads)
            : this(path, geometry, range, view, WinogradWeights.Pack(path, tile, Zeros(geometry), [], geometry), threads)
        {
        }

        private Winograd(SimdPath path, ConvolutionGeometry geometry, ActivationRange range, WeightView view, WinogradWeights packed, int threads)
            : base(new WinogradConvolution(geometry, packed, threads) { Geometry = geometry, Range = range })
        {
            (_path, _packed, _view) = (path, packed, view);
        }

        public override int Chunks => BlockedLayout.Blocks(_view.OutChannels);

        public override void Repack(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int chunk)
        {
            WinogradRepacking.WriteBlock(_path, _packed, chunk, weights, _view);
            if (chunk == 0) bias.CopyTo(_packed.Bias.Span);
        }
    }

    private sealed class Depthwise : RepackedKernel
    {
        private readonly ConvolutionGeometry _geometry;
        private readonly bool _isFlipped;
        private readonly AlignedFloats _weights;
        private readonly AlignedFloats _bias;

        public Depthwise(SimdPath path, ConvolutionGeometry geometry, ActivationRange range, bool isFlipped)
            : this(path, geometry, range, isFlipped, DepthwiseConvolution.Pack(Zeros(geometry), geometry), DepthwiseConvolution.PackBias([], geometry))
        {
        }

        private Depthwise(SimdPath path, ConvolutionGeometry geometry, ActivationRange range, bool isFlipped, AlignedFloats weights, AlignedFloats bias)
            : base(new DepthwiseConvolution(geometry, path, weights, bias) { Geometry = geometry, Range = range })
        {
            (_geometry, _isFlipped, _weights, _bias) = (geometry, isFlipped, weights, bias);
        }

        public override int Chunks => 1;

        public override void Repack(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int chunk)
        {
            int taps = _geometry.KernelSize * _geometry.KernelSize;
            DepthwisePacking.Pack(weights, _weights.Span, _geometry.InChannels, taps, _isFlipped);
            bias.CopyTo(_bias.Span);
        }
    }

    private sealed class Phases : RepackedKernel
    {
        private readonly TransposedConvolution.PhaseWeights[] _phases;
        private readonly WeightView[] _views;

        /// <summary>Makes the kernel of a transposed convolution.</summary>
        /// <param name="path">The vector width.</param>
        /// <param name="geometry">The transposed convolution.</param>
        /// <param name="range">The activation.</param>
        /// <param name="convolution">The convolution whose gradient by its input it is.</param>
        /// <param name="threads">Threads that will share the work.</param>
        public Phases(SimdPath path, ConvolutionGeometry geometry, ActivationRange range, ConvolutionGeometry convolution, int threads)
            : this(geometry, range, convolution, TransposedConvolution.Pack(path, Zeros(geometry), [], geometry), threads)
        {
        }

        private Phases(ConvolutionGeometry geometry, ActivationRange range, ConvolutionGeometry convolution, TransposedConvolution.PhaseWeights[] phases, int threads)
            : base(new TransposedConvolution(geometry, phases, threads) { Geometry = geometry, Range = range })
        {
            _phases = phases;
            _views = [.. phases.Select((phase, index) =>
                WeightView.Phase(convolution, Taps(index / geometry.Stride, phase.RowOffsets), Taps(index % geometry.Stride, phase.ColumnOffsets)))];

            int[] Taps(int at, int[] offsets) => [.. offsets.Select(offset => at + geometry.Padding - offset * geometry.Stride)];
        }

        public override int Chunks => _phases.Length;

        public override void Repack(ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, int chunk)
        {
            var packed = _phases[chunk].Weights;
            for (int panel = 0; panel < packed.Panels; panel++) GemmRepacking.WritePanel(packed, panel, weights, _views[chunk]);
            GemmRepacking.WriteBias(packed, bias);
        }
    }
}
