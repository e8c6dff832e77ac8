using System.Runtime.CompilerServices;
using Akimbo.Tensors.Kernels.Normalization;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Tensors.Kernels.Gradients;

/// <summary>
/// The gradients of a BatchNorm, with the addition and the activation after it, for the gradient g' of its output:
/// <c>g = g'</c> where <c>Low &lt; output &lt; High</c>, else 0 (also the gradient by the residual); without a residual the output is
/// computed again rather than read;
/// <c>∂bias = Σ g</c>, <c>∂weight = Σ g · x̂</c> with <c>x̂ = (x − mean) · r</c> and <c>r = 1 / √(variance + eps)</c>;
/// with the statistics of the batch, m values a channel, <c>∂x = weight · r · (g − ∂bias / m − x̂ · ∂weight / m)</c>;
/// with fixed ones <c>∂x = weight · r · g</c>.
/// </summary>
internal static class BatchNormGradient
{
    private const int Lanes = BlockedLayout.Lanes;
    private const int SegmentLength = 128 * Lanes;
    private const int FewValues = 64;

    /// <summary>Sums what makes ∂weight and ∂bias of sixteen channels.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="block">The channels.</param>
    /// <param name="input">The blocked x.</param>
    /// <param name="output">The blocked output, or empty where nothing was added to what makes it.</param>
    /// <param name="outputGradient">The blocked g'.</param>
    /// <param name="range">The activation.</param>
    /// <param name="affine">What the layer did to the sixteen channels.</param>
    /// <param name="products">[16], Σ g · (x − mean).</param>
    /// <param name="sums">[16], Σ g.</param>
    public static void Reduce(SimdPath path, in ChannelBlock block, ReadOnlySpan<float> input, ReadOnlySpan<float> output, ReadOnlySpan<float> outputGradient,
        ActivationRange range, in NormalizationAffine affine, Span<double> products, Span<double> sums)
    {
        products.Clear();
        sums.Clear();
        bool isFew = block.Count <= FewValues;
        for (int n = 0; n < block.Batch; n++)
        {
            var x = block.Plane(input, n);
            var y = block.Plane(output, n);
            var g = block.Plane(outputGradient, n);
            for (int at = 0; at < x.Length; at += SegmentLength)
            {
                int length = Math.Min(SegmentLength, x.Length - at);
                var segmentOutput = y.IsEmpty ? y : y.Slice(at, length);
                switch (path)
                {
                    case SimdPath.Vector512: Reduce<Block512>(isFew, x.Slice(at, length), segmentOutput, g.Slice(at, length), range, affine, products, sums); break;
                    case SimdPath.Vector256: Reduce<Block256>(isFew, x.Slice(at, length), segmentOutput, g.Slice(at, length), range, affine, products, sums); break;
                    default: Reduce<Block128>(isFew, x.Slice(at, length), segmentOutput, g.Slice(at, length), range, affine, products, sums); break;
                }
            }
        }
    }

    /// <summary>Computes ∂x, and the gradient by the residual, of one plane of sixteen channels.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="input">[P, 16], x.</param>
    /// <param name="output">[P, 16], or empty where nothing was added to what makes it.</param>
    /// <param name="outputGradient">[P, 16], g'.</param>
    /// <param name="range">The activation.</param>
    /// <param name="factors">Of the sixteen channels.</param>
    /// <param name="addend">[P, 16] to add to ∂x, or empty.</param>
    /// <param name="inputGradient">[P, 16], ∂x.</param>
    /// <param name="residualGradient">[P, 16], g, or empty where it is not wanted.</param>
    public static void Apply(SimdPath path, ReadOnlySpan<float> input, ReadOnlySpan<float> output, ReadOnlySpan<float> outputGradient,
        ActivationRange range, in BatchNormFactors factors, ReadOnlySpan<float> addend, Span<float> inputGradient, Span<float> residualGradient)
    {
        switch (path)
        {
            case SimdPath.Vector512: Apply<Block512>(input, output, outputGradient, range, factors, addend, inputGradient, residualGradient); break;
            case SimdPath.Vector256: Apply<Block256>(input, output, outputGradient, range, factors, addend, inputGradient, residualGradient); break;
            default: Apply<Block128>(input, output, outputGradient, range, factors, addend, inputGradient, residualGradient); break;
        }
    }

    private static void Reduce<T>(bool isFew, ReadOnlySpan<float> input, ReadOnlySpan<float> output, ReadOnlySpan<float> outputGradient, ActivationRange range,
        in NormalizationAffine affine, Span<double> products, Span<double> sums) where T : struct, IBlock<T>
    {
        if (isFew) ReduceFew<T>(input, output, outputGradient, range, affine, products, sums);
        else Reduce<T>(input, output, outputGradient, range, affine, products, sums);
    }

    /// <summary>In doubles: of few values hardly anything is left once their mean and their slope are taken away.</summary>
    private static void ReduceFew<T>(ReadOnlySpan<float> input, ReadOnlySpan<float> output, ReadOnlySpan<float> outputGradient, ActivationRange range,
        in NormalizationAffine affine, Span<double> products, Span<double> sums) where T : struct, IBlock<T>
    {
        Span<float> kept = stackalloc float[Lanes];
        T low = T.Broadcast(range.Low), high = T.Broadcast(range.High);
        T mean = T.Load(in affine.Mean[0]), scale = T.Load(in affine.Scale[0]), shift = T.Load(in affine.Shift[0]);
        for (int i = 0; i <= input.Length - Lanes; i += Lanes)
        {
            T gradient = T.Load(in outputGradient[i]);
            if (range != ActivationRange.None)
                gradient = T.KeepBetween(low, output.IsEmpty ? T.MultiplyAdd(T.Subtract(T.Load(in input[i]), mean), scale, shift) : T.Load(in output[i]), high, gradient);
            T.Store(gradient, ref kept[0]);
            for (int lane = 0; lane < Lanes; lane++)
            {
                sums[lane] += kept[lane];
                products[lane] += kept[lane] * ((double)input[i + lane] - affine.Mean[lane]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Reduce<T>(ReadOnlySpan<float> input, ReadOnlySpan<float> output, ReadOnlySpan<float> outputGradient, ActivationRange range,
        in NormalizationAffine affine, Span<double> products, Span<double> sums) where T : struct, IBlock<T>
    {
        T low = T.Broadcast(range.Low), high = T.Broadcast(range.High);
        T mean = T.Load(in affine.Mean[0]), scale = T.Load(in affine.Scale[0]), shift = T.Load(in affine.Shift[0]);
        T sum = T.Zero, product = T.Zero;
        bool isActivated = range != ActivationRange.None;
        outputGradient = outputGradient[..input.Length];
        for (int i = 0; i <= input.Length - Lanes; i += Lanes)
        {
            T gradient = T.Load(in outputGradient[i]), deviation = T.Subtract(T.Load(in input[i]), mean);
            if (isActivated) gradient = T.KeepBetween(low, output.IsEmpty ? T.MultiplyAdd(deviation, scale, shift) : T.Load(in output[i]), high, gradient);
            sum = T.Add(sum, gradient);
            product = T.MultiplyAdd(gradient, deviation, product);
        }

        LaneSums.Add(sum, sums);
        LaneSums.Add(product, products);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Apply<T>(ReadOnlySpan<float> input, ReadOnlySpan<float> output, ReadOnlySpan<float> outputGradient, ActivationRange range,
        in BatchNormFactors factors, ReadOnlySpan<float> addend, Span<float> inputGradient, Span<float> residualGradient) where T : struct, IBlock<T>
    {
        T low = T.Broadcast(range.Low), high = T.Broadcast(range.High);
        T mean = T.Load(in factors.Mean[0]), scale = T.Load(in factors.Scale[0]), shift = T.Load(in factors.Shift[0]);
        T slope = T.Load(in factors.Slope[0]), offset = T.Load(in factors.Offset[0]);
        bool isActivated = range != ActivationRange.None;
        outputGradient = outputGradient[..input.Length];
        inputGradient = inputGradient[..input.Length];
        for (int i = 0; i <= input.Length - Lanes; i += Lanes)
        {
            T gradient = T.Load(in outputGradient[i]), deviation = T.Subtract(T.Load(in input[i]), mean);
            if (isActivated) gradient = T.KeepBetween(low, output.IsEmpty ? T.MultiplyAdd(deviation, scale, shift) : T.Load(in output[i]), high, gradient);
            if (!residualGradient.IsEmpty) T.Store(gradient, ref residualGradient[i]);
            T difference = T.MultiplyAdd(deviation, slope, T.Subtract(gradient, offset)); // before scaling, where little of both is left
            T.Store(addend.IsEmpty ? T.Multiply(difference, scale) : T.MultiplyAdd(difference, scale, T.Load(in addend[i])), ref inputGradient[i]);
        }
    }
}

/// <summary><c>∂x = (g − Offset + (x − Mean) · Slope) · Scale</c>; with fixed statistics, Slope and Offset are 0.</summary>
/// <param name="affine">What the layer did to the sixteen channels.</param>
/// <param name="slope">[16].</param>
/// <param name="offset">[16].</param>
internal readonly ref struct BatchNormFactors(NormalizationAffine affine, ReadOnlySpan<float> slope, ReadOnlySpan<float> offset)
{
    public readonly ReadOnlySpan<float> Mean = affine.Mean;
    public readonly ReadOnlySpan<float> Scale = affine.Scale;
    public readonly ReadOnlySpan<float> Shift = affine.Shift;
    public readonly ReadOnlySpan<float> Slope = slope;
    public readonly ReadOnlySpan<float> Offset = offset;
}
