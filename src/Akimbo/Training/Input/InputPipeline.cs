using Akimbo.Tensors;

namespace Akimbo.Training.Input;

/// <summary>
/// Makes batches ahead of their use, on threads of its own. Batches come in an order that follows from the seed alone, epoch
/// after epoch without end; what does not fill a batch at the end of an epoch is left for other epochs, whose orders differ.
/// Memory is bounded: batches are filled again when they have been returned.
/// </summary>
internal sealed class InputPipeline : IDisposable
{
    private const uint OrderStream = 3;
    private readonly TrainingSamples _samples;
    private readonly InputPipelineOptions _options;
    private readonly object _gate = new();
    private readonly Queue<Work> _queue = [];
    private readonly Stack<TrainingBatch> _free = [];
    private readonly Thread[] _threads;
    private Work? _open;
    private int[] _order = [];
    private int _epoch, _batch, _orderEpoch = -1;
    private bool _isStopped;

    /// <summary>Starts at a place in the run.</summary>
    /// <param name="samples">What the samples are.</param>
    /// <param name="options">Threads and batches.</param>
    /// <param name="epoch">The epoch of the first batch, from 0.</param>
    /// <param name="batch">Which batch of that epoch is the first, 0 to <see cref="BatchesPerEpoch"/>.</param>
    /// <exception cref="TrainingDataException">There are fewer samples than a batch has.</exception>
    public InputPipeline(TrainingSamples samples, InputPipelineOptions options, int epoch = 0, int batch = 0)
    {
        int step = options.BatchSize * options.BatchesPerStep;
        BatchesPerEpoch = samples.Count / step * options.BatchesPerStep;
        if (BatchesPerEpoch == 0)
            throw new TrainingDataException($"The training data has {samples.Count} samples with people; a step takes {step}. Add data, or make batchSize or accumulate smaller.");
        _samples = samples;
        _options = options;
        (_epoch, _batch) = (epoch + batch / BatchesPerEpoch, batch % BatchesPerEpoch);
        for (int i = 0; i <= options.BatchesAhead; i++) _free.Push(new TrainingBatch(options.BatchSize, samples.Shape));
        _threads = new Thread[options.Threads];
        for (int i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(Serve) { IsBackground = true, Name = $"Akimbo data {i + 1}" };
            _threads[i].Start();
        }
    }

    /// <summary>How many batches an epoch has.</summary>
    public int BatchesPerEpoch { get; }

    /// <summary>The order in which an epoch shows its samples.</summary>
    /// <param name="seed">The seed of the run.</param>
    /// <param name="epoch">The pass over the data, from 0.</param>
    /// <param name="samples">How many samples there are.</param>
    public static int[] OrderOf(ulong seed, int epoch, int samples) => new CounterRandom(seed, (uint)epoch, stream: OrderStream).NextPermutation(samples);

    /// <summary>The next batch; give it back with <see cref="Return"/>.</summary>
    /// <exception cref="TrainingDataException">A sample of it could not be made.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled while waiting.</exception>
    public TrainingBatch Take(CancellationToken cancellation = default)
    {
        using var registration = cancellation.UnsafeRegister(static pipeline => ((InputPipeline)pipeline!).PulseAll(), this);
        lock (_gate)
        {
            while (!(_queue.TryPeek(out Work? next) && next.Remaining == 0))
            {
                cancellation.ThrowIfCancellationRequested();
                ObjectDisposedException.ThrowIf(_isStopped, this);
                Monitor.Wait(_gate);
            }

            Work work = _queue.Dequeue();
            return work.Error is null ? work.Batch : throw new TrainingDataException(work.Error.Message, work.Error);
        }
    }

    /// <summary>Gives a batch back to be filled again.</summary>
    public void Return(TrainingBatch batch)
    {
        lock (_gate)
        {
            _free.Push(batch);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Ends the threads once their samples are done.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isStopped = true;
            Monitor.PulseAll(_gate);
        }

        foreach (Thread thread in _threads) thread.Join();
    }

    private void PulseAll()
    {
        lock (_gate) Monitor.PulseAll(_gate);
    }

    private void Serve()
    {
        while (Claim() is var (work, n))
        {
            Exception? error = null;
            try
            {
                _samples.Write(work.Order[n], work.Batch.Epoch, work.Batch, n);
            }
            catch (Exception exception)
            {
                error = exception;
            }

            lock (_gate)
            {
                // Of several errors the first in order, so that the message does not depend on the threads.
                if (error is not null && n < work.ErrorAt) (work.Error, work.ErrorAt) = (error, n);
                if (--work.Remaining == 0) Monitor.PulseAll(_gate);
            }
        }
    }

    /// <summary>Waits for a sample to make; null at the end.</summary>
    private (Work Work, int N)? Claim()
    {
        lock (_gate)
        {
            while (!_isStopped && _open is null && _free.Count == 0) Monitor.Wait(_gate);
            if (_isStopped) return null;
            Work work = _open ??= OpenNext();
            int n = work.Claimed++;
            if (work.Claimed == _options.BatchSize) _open = null;
            return (work, n);
        }
    }

    private Work OpenNext()
    {
        TrainingBatch batch = _free.Pop();
        (batch.Epoch, batch.Index) = (_epoch, _batch);
        if (_orderEpoch != _epoch)
        {
            _order = OrderOf(_options.Seed, _epoch, _samples.Count);
            _orderEpoch = _epoch;
        }

        int[] order = _order.AsSpan(_batch * _options.BatchSize, _options.BatchSize).ToArray();
        (_epoch, _batch) = _batch + 1 == BatchesPerEpoch ? (_epoch + 1, 0) : (_epoch, _batch + 1);
        var work = new Work(batch, order) { Remaining = _options.BatchSize };
        _queue.Enqueue(work);
        return work;
    }

    private sealed class Work(TrainingBatch batch, int[] order)
    {
        public TrainingBatch Batch => batch;

        public int[] Order => order;

        public int Claimed { get; set; }

        public int Remaining { get; set; }

        public Exception? Error { get; set; }

        public int ErrorAt { get; set; } = int.MaxValue;
    }
}
