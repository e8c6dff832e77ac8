using Akimbo.Tensors;

namespace Akimbo.Networks.Inference;

/// <summary>
/// A network for a batch of many images, computed a few at a time: so few that their maps stay in the cache (one of a
/// middling size), so many that the weights, once read, serve several. Each thread computes images of its own; those left over
/// are shared by all threads, as large images are, one by one.
/// </summary>
internal sealed class BatchProgram : IParallelWork
{
    private const int ManyPixels = 100_000, FewPixels = 60_000;
    private readonly int _images;
    private readonly int _partImages;
    private readonly int _partsOfOneThread;
    private readonly CompiledProgram[] _ofThreads;
    private readonly Func<int, CompiledProgram> _sharedBy;
    private readonly Tensor[] _outputs;
    private WorkerPool? _pool;
    private ReadOnlyMemory<float> _input;

    /// <summary>Compiles the parts.</summary>
    /// <param name="input">[N, C, H, W]; N is more than <see cref="MaxPartImages"/>.</param>
    /// <param name="outputs">The shapes of the outputs for the whole batch.</param>
    /// <param name="ofThread">Makes a program for a number of images that one thread runs.</param>
    /// <param name="sharedBy">The program for a number of images that all threads run.</param>
    /// <param name="threads">Threads.</param>
    public BatchProgram(Shape input, IEnumerable<Shape> outputs, Func<int, CompiledProgram> ofThread, Func<int, CompiledProgram> sharedBy, int threads)
    {
        _images = input[0];
        long pixels = (long)input[2] * input[3];
        bool isLarge = pixels > ManyPixels;
        _partImages = pixels > FewPixels ? 1 : MaxPartImages;
        _partsOfOneThread = threads == 1 || isLarge ? 0 : _images / _partImages / threads * threads;
        _ofThreads = [.. Enumerable.Range(0, _partsOfOneThread == 0 ? 0 : threads).Select(_ => ofThread(_partImages))];
        _sharedBy = sharedBy;
        _outputs = [.. outputs.Select(shape => new Tensor(shape))];
    }

    /// <summary>The most images computed together.</summary>
    public const int MaxPartImages = 4;

    /// <summary>Computes the outputs; they are overwritten by the next run.</summary>
    public IReadOnlyList<Tensor> Run(Tensor input, WorkerPool pool)
    {
        _input = input.Memory;
        _pool = pool;
        pool.Run(this, _partsOfOneThread);
        for (int first = _partsOfOneThread * _partImages; first < _images; first += _partImages)
            Compute(_sharedBy(Math.Min(_partImages, _images - first)), first);
        _input = default;
        return _outputs;
    }

    void IParallelWork.Run(int chunk, int worker) => Compute(_ofThreads[worker], chunk * _partImages);

    private void Compute(CompiledProgram program, int first)
    {
        int ofImage = _input.Length / _images, images = Math.Min(_partImages, _images - first);
        var computed = program.Run(_input.Slice(first * ofImage, images * ofImage), _pool!);
        for (int i = 0; i < _outputs.Length; i++)
            computed[i].Span.CopyTo(_outputs[i].Span[(first * (_outputs[i].Span.Length / _images))..]);
    }
}
