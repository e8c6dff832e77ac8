using Akimbo.Networks.Operations;
using Akimbo.Tensors.Kernels;
using Akimbo.Tensors.Kernels.Gradients;
using Akimbo.Tensors.Kernels.Normalization;
using Akimbo.Tensors.Kernels.Simd;

namespace Akimbo.Networks.Training.Steps;

/// <summary>
/// The statistics that a BatchNorm of a training program used in its last forward pass (<c>torch.nn.functional.batch_norm</c>):
/// those of the batch, which also move the running ones (the variance there is the unbiased one), or the running ones.
/// </summary>
internal sealed class BatchNormState
{
    private const int Lanes = BlockedLayout.Lanes;
    private readonly BatchNormalize _normalize;
    private readonly float _momentum;
    private readonly float[] _mean;
    private readonly double[] _reciprocalDeviation;
    private readonly float[] _scale;
    private readonly float[] _shift;
    private readonly float[] _slope;
    private readonly float[] _offset;

    /// <summary>Makes room for the statistics.</summary>
    /// <param name="normalize">The layer.</param>
    /// <param name="usesBatch">Whether it uses the statistics of the batch.</param>
    /// <param name="momentum">Their share in the new running statistics.</param>
    public BatchNormState(BatchNormalize normalize, bool usesBatch, float momentum)
    {
        _normalize = normalize;
        _momentum = momentum;
        UsesBatch = usesBatch;
        int lanes = BlockedLayout.Blocks(normalize.Weight.Shape[0]) * Lanes;
        (_mean, _reciprocalDeviation, _scale) = (new float[lanes], new double[lanes], new float[lanes]);
        (_shift, _slope, _offset) = (new float[lanes], new float[lanes], new float[lanes]);
    }

    /// <summary>Whether it uses the statistics of the batch.</summary>
    public bool UsesBatch { get; }

    /// <summary>Finds the statistics of sixteen channels.</summary>
    public void Measure(SimdPath path, in ChannelBlock block, ReadOnlySpan<float> input)
    {
        int first = block.Block * Lanes, count = Math.Min(Lanes, _normalize.Weight.Shape[0] - first);
        Span<float> mean = _mean.AsSpan(first, Lanes), variance = stackalloc float[Lanes];
        Span<float> runningMean = _normalize.RunningMean.Value.Span.Slice(first, count), runningVar = _normalize.RunningVar.Value.Span.Slice(first, count);
        if (UsesBatch)
        {
            BatchStatistics.Run(path, block, input, mean, variance);
            float unbiased = (float)((double)block.Count / (block.Count - 1));
            for (int c = 0; c < count; c++)
            {
                runningMean[c] = (1 - _momentum) * runningMean[c] + _momentum * mean[c];
                runningVar[c] = (1 - _momentum) * runningVar[c] + _momentum * (variance[c] * unbiased);
            }
        }
        else
        {
            runningMean.CopyTo(mean);
            variance.Clear();
            runningVar.CopyTo(variance);
        }

        for (int c = 0; c < count; c++)
        {
            double reciprocal = 1 / Math.Sqrt((double)variance[c] + _normalize.Eps);
            _reciprocalDeviation[first + c] = reciprocal;
            _scale[first + c] = (float)(_normalize.Weight.Value.Span[first + c] * reciprocal);
            _shift[first + c] = _normalize.Bias.Value.Span[first + c];
        }
    }

    /// <summary>What the layer does to sixteen channels.</summary>
    public NormalizationAffine Affine(int block) => new(Lanes16(_mean, block), Lanes16(_scale, block), Lanes16(_shift, block));

    /// <summary>Computes the gradients by weight and bias of sixteen channels, and with them the factors of the gradient by the input.</summary>
    /// <param name="path">The vector width.</param>
    /// <param name="block">The channels.</param>
    /// <param name="input">The blocked input.</param>
    /// <param name="output">The blocked output, or empty where nothing was added to what makes it.</param>
    /// <param name="outputGradient">The blocked gradient of the output.</param>
    /// <param name="range">The activation.</param>
    /// <param name="weight">Where the gradient by the weight goes, or null.</param>
    /// <param name="bias">Where the gradient by the bias goes, or null.</param>
    public BatchNormFactors Reduce(SimdPath path, in ChannelBlock block, ReadOnlySpan<float> input, ReadOnlySpan<float> output, ReadOnlySpan<float> outputGradient,
        ActivationRange range, GradientTarget? weight, GradientTarget? bias)
    {
        int first = block.Block * Lanes, count = Math.Min(Lanes, _normalize.Weight.Shape[0] - first);
        Span<double> products = stackalloc double[Lanes], sums = stackalloc double[Lanes];
        BatchNormGradient.Reduce(path, block, input, output, outputGradient, range, Affine(block.Block), products, sums);
        for (int c = 0; c < count; c++)
        {
            double reciprocal = _reciprocalDeviation[first + c];
            weight?.Put(first + c, (float)(products[c] * reciprocal));
            bias?.Put(first + c, (float)sums[c]);
            if (!UsesBatch) continue;
            _slope[first + c] = (float)(-products[c] * reciprocal * reciprocal / block.Count);
            _offset[first + c] = (float)(sums[c] / block.Count);
        }

        return new(Affine(block.Block), Lanes16(_slope, block.Block), Lanes16(_offset, block.Block));
    }

    private static ReadOnlySpan<float> Lanes16(float[] values, int block) => values.AsSpan(block * Lanes, Lanes);
}
