using Akimbo.Evaluation;
using Akimbo.Models;
using Akimbo.Networks;
using Akimbo.Networks.Training;
using Akimbo.Networks.Training.Optimizers;
using Akimbo.Tensors;
using Akimbo.Training.Input;
using Akimbo.Training.Recipes;

namespace Akimbo.Training;

/// <summary>One process's part of a run: epochs of steps, validation, files.</summary>
internal sealed class TrainingRun : IDisposable
{
    private const string WeightPrefix = "weights/", OptimizerPrefix = "optimizer/", AveragePrefix = "average/";
    private readonly Recipe _recipe;
    private readonly TrainerOptions _options;
    private readonly TrainingData _data;
    private readonly RunFolder _folder;
    private readonly WorkerPool _pool;
    private readonly TrainingLoss _loss;
    private readonly TrainingNetwork _network;
    private readonly Optimizer _optimizer;
    private readonly LearningRate _learningRate;
    private readonly WeightAverage? _average;
    private readonly Validation? _validation;
    private readonly MetricsFile _metrics;
    private readonly InputPipeline _input;
    private readonly TrainingClock _clock;
    private readonly double[] _lossSums, _terms;
    private int _epoch, _batch, _bestEpoch;
    private double? _score, _bestScore;

    public TrainingRun(Recipe recipe, TrainerOptions options, TrainingData data, RunFolder folder, Checkpoint? checkpoint)
    {
        _recipe = recipe;
        _options = options;
        _data = data;
        _folder = folder;
        int threads = options.Threads == 0 ? Environment.ProcessorCount : options.Threads;
        _pool = new WorkerPool(threads);
        CheckpointState? state = checkpoint?.State;
        if (checkpoint is not null) RestoreWeights(checkpoint);

        _loss = TrainingLoss.Of(recipe.Loss, data.Model, data.Teacher is null ? null : new Teacher(data.Teacher, data.Samples.Shape.MapsOf(recipe.BatchSize), _pool));
        Network whole = _loss.Over(data.Network);
        _network = new TrainingNetwork(
            whole, data.Samples.Shape.InputOf(recipe.BatchSize), _pool,
            new TrainingOptions { Frozen = recipe.Frozen, ForeignParts = _loss.ForeignParts, SavesMemory = options.SavesMemory });
        _optimizer = OptimizerFactory.Create(recipe, _network.Parameters);
        _average = recipe.AverageDecay is double decay ? new WeightAverage(data.Network, decay) : null;
        if (checkpoint is not null)
        {
            _optimizer.Restore(checkpoint.WithPrefix(OptimizerPrefix).ToDictionary());
            RestoreAverage(checkpoint);
        }

        (_epoch, _batch, _bestScore, _bestEpoch) = state is null ? (0, 0, null, 0) : (state.Epoch, state.Batch, state.BestScore, state.BestEpoch);
        _lossSums = state?.LossSums ?? new double[_loss.Terms.Count];
        _terms = new double[_loss.Terms.Count];
        _validation = data.Validation is null ? null : new Validation(data.Validation, data.Model, threads);
        _metrics = new MetricsFile(folder.Metrics, _loss.Terms, _validation?.ScoreNames ?? []);
        _input = new InputPipeline(data.Samples, InputOptions(recipe, options), _epoch, _batch);
        _learningRate = new LearningRate(recipe, _input.BatchesPerEpoch / recipe.Accumulate);
        if (state is not null) _learningRate.Restore(state.Schedule);
        _clock = new TrainingClock(state?.Seconds ?? 0);
    }

    private long Steps => _optimizer.StepCount;

    public void Dispose()
    {
        _input.Dispose();
        _pool.Dispose();
    }

    public TrainingResult Run(IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        _metrics.Begin(_epoch);
        _folder.WriteLog(Steps == 0
            ? $"{_recipe.Name}: {_data.Samples.Count} samples, {_data.Validation?.Samples.Count ?? 0} validation pictures, {_input.BatchesPerEpoch} batches of {_recipe.BatchSize} an epoch, {_recipe.Epochs} epochs"
            : $"resumed after {_epoch} epochs and {_batch} batches, {Steps} steps");
        try
        {
            while (_epoch < _recipe.Epochs)
            {
                if (!TrainEpoch(progress, cancellation)) return Stop();
                EndEpoch(progress);
            }
        }
        catch (Exception exception)
        {
            TryLog($"stopped by an error: {exception.Message}");
            if (exception is not IOException || _folder.NewestCheckpoint is not { } checkpoint) throw;
            throw new IOException($"{exception.Message} The run stopped at step {Steps}; its last checkpoint, {checkpoint}, is whole.", exception);
        }

        _folder.WriteLog($"finished after {Steps} steps");
        return Result(isFinished: true);
    }

    /// <summary>The rest of the epoch; false when cancelled.</summary>
    private bool TrainEpoch(IProgress<TrainingProgress>? progress, CancellationToken cancellation)
    {
        while (_batch < _input.BatchesPerEpoch)
        {
            if (cancellation.IsCancellationRequested) return false;
            Step();
            progress?.Report(Progress(TrainingStage.Training, _batch, _input.BatchesPerEpoch));
            if (_batch < _input.BatchesPerEpoch && _clock.SinceCheckpoint >= _options.CheckpointInterval) SaveCheckpoint();
        }

        return true;
    }

    /// <summary>The batches whose gradients make one step of the optimizer.</summary>
    private void Step()
    {
        for (int i = 0; i < _recipe.Accumulate; i++)
        {
            TrainingBatch batch = _input.Take();
            IReadOnlyList<Tensor> outputs = _network.Forward(batch.Input);
            double loss = _loss.Evaluate(outputs, batch, _network.OutputGradients, _terms);
            if (!double.IsFinite(loss)) throw Diverged($"the loss is {loss}.", batch.SampleNames);
            if (_recipe.Accumulate > 1) Scale(_network.OutputGradients, 1f / _recipe.Accumulate);
            _network.Backward();
            for (int t = 0; t < _terms.Length; t++) _lossSums[t] += _terms[t];
            _clock.Learnt(batch.Size);
            _input.Return(batch);
            _batch++;
        }

        if (_recipe.MaxGradientNorm is double limit) _network.Parameters.ClipGradientNorm(limit, _pool);
        _optimizer.LearningRate = _learningRate.At(Steps);
        _optimizer.Step(_pool);
        _network.ZeroGradients();
        _average?.Update();
    }

    private void EndEpoch(IProgress<TrainingProgress>? progress)
    {
        CheckWeights();
        _epoch++;
        double[] means = [.. _lossSums.Select(sum => sum / _batch)];
        ScoreTable? scores = null;
        Network snapshot = Snapshot();
        if (_validation is not null && (_epoch % _recipe.ValidateEvery == 0 || _epoch == _recipe.Epochs)) scores = Validate(snapshot, progress);
        ModelFile.Save(_data.Model, snapshot, _folder.LastWeights);
        _metrics.Add([_epoch, Steps, _optimizer.LearningRate, means.Sum(), .. means, _clock.ImagesPerSecond, _clock.Seconds], scores is null ? null : [.. scores.Scores.Select(score => score.Value)]);
        _folder.WriteLog(FormattableString.Invariant(
            $"epoch {_epoch}: loss {means.Sum():g6}{(scores is null ? "" : $", {_validation!.MainScore} {_score:0.00}, best {_bestScore:0.00} (epoch {_bestEpoch})")}"));
        TrainingProgress done = Progress(TrainingStage.EpochDone, _batch, _batch) with { Epoch = _epoch };
        _batch = 0;
        Array.Clear(_lossSums);
        SaveCheckpoint();
        progress?.Report(done);
    }

    private ScoreTable Validate(Network snapshot, IProgress<TrainingProgress>? progress)
    {
        ScoreTable scores = _validation!.Score(
            snapshot, _folder.SamplesOf(_epoch), done => progress?.Report(Progress(TrainingStage.Validating, done, _validation.Count) with { Epoch = _epoch }));
        _score = scores[_validation.MainScore];
        _learningRate.Report(_score.Value);
        if (_bestScore is null || _score > _bestScore)
        {
            (_bestScore, _bestEpoch) = (_score, _epoch);
            ModelFile.Save(_data.Model with { Scores = scores.Scores.ToDictionary(score => score.Name, score => score.Value) }, snapshot, _folder.BestWeights);
        }

        return scores;
    }

    /// <summary>A network of its own with the weights that are scored and kept: the averages where there are some.</summary>
    private Network Snapshot()
    {
        Network copy = _data.Model.Architecture.CreateNetwork();
        foreach (var (own, from) in copy.Parameters.Zip(_data.Network.Parameters))
        {
            Tensor value = _average?.Values[from.Name] ?? from.Value;
            own.Value = new Tensor(value.Shape, value.Span.ToArray());
        }

        return copy;
    }

    private TrainingResult Stop()
    {
        SaveCheckpoint();
        _folder.WriteLog($"stopped in epoch {_epoch + 1} after {Steps} steps");
        return Result(isFinished: false);
    }

    private void SaveCheckpoint()
    {
        CheckWeights();
        var tensors = new Dictionary<string, Tensor>();
        foreach (Parameter parameter in _data.Network.Parameters) tensors.Add(WeightPrefix + parameter.Name, parameter.Value);
        foreach (var (name, tensor) in _optimizer.State) tensors.Add(OptimizerPrefix + name, tensor);
        if (_average is not null)
            foreach (var (name, tensor) in _average.Values) tensors.Add(AveragePrefix + name, tensor);
        _folder.Save(new Checkpoint(tensors, new CheckpointState
        {
            Format = CheckpointState.CurrentFormat,
            Recipe = RecipeFile.ToJson(_recipe),
            Samples = _data.Samples.Count,
            Epoch = _epoch,
            Batch = _batch,
            Step = Steps,
            BestScore = _bestScore,
            BestEpoch = _bestEpoch,
            LossSums = _lossSums,
            Schedule = _learningRate.State,
            Seconds = _clock.Seconds,
        }));
        _clock.Saved();
    }

    private void RestoreWeights(Checkpoint checkpoint)
    {
        var weights = checkpoint.WithPrefix(WeightPrefix).ToDictionary();
        foreach (Parameter parameter in _data.Network.Parameters) parameter.Value = weights[parameter.Name];
    }

    private void RestoreAverage(Checkpoint checkpoint)
    {
        if (_average is null) return;
        foreach (var (name, tensor) in checkpoint.WithPrefix(AveragePrefix)) tensor.Span.CopyTo(_average.Values[name].Span);
    }

    /// <summary>Nothing that is no number gets into a checkpoint.</summary>
    private void CheckWeights()
    {
        foreach (Parameter parameter in _data.Network.Parameters)
            foreach (float value in parameter.Value.Span)
                if (!float.IsFinite(value)) throw Diverged($"a value of {parameter.Name} is {value}.", []);
    }

    private TrainingDivergedException Diverged(string what, IReadOnlyList<string> samples) => new(Steps + 1, _epoch + 1, what, samples, _folder.NewestCheckpoint);

    private TrainingProgress Progress(TrainingStage stage, int done, int total)
    {
        KeyValuePair<string, double>[] terms = [.. _loss.Terms.Select((term, t) => KeyValuePair.Create(term, _lossSums[t] / Math.Max(1, _batch)))];
        long left = (long)(_recipe.Epochs - _epoch) * _input.BatchesPerEpoch - (stage == TrainingStage.Training ? _batch : 0);
        return new TrainingProgress
        {
            Stage = stage,
            Epoch = _epoch + 1,
            Epochs = _recipe.Epochs,
            Done = done,
            Total = total,
            Step = Steps,
            Loss = terms.Sum(term => term.Value),
            Terms = terms,
            LearningRate = _optimizer.LearningRate,
            ImagesPerSecond = _clock.ImagesPerSecond,
            TimeLeft = _clock.TimeFor(left * _recipe.BatchSize),
            ScoreName = _validation?.MainScore,
            Score = _score,
            BestScore = _bestScore,
        };
    }

    private TrainingResult Result(bool isFinished) => new(
        _folder.Root, isFinished, _epoch, Steps, _validation?.MainScore, _bestScore, _bestEpoch, _bestScore is null ? _folder.LastWeights : _folder.BestWeights);

    private void TryLog(string line)
    {
        try
        {
            _folder.WriteLog(line);
        }
        catch (IOException)
        {
            // What stopped the run may be what keeps the log from being written.
        }
    }

    private static void Scale(IReadOnlyList<Tensor> tensors, float factor)
    {
        foreach (Tensor tensor in tensors)
            foreach (ref float value in tensor.Span) value *= factor;
    }

    private static InputPipelineOptions InputOptions(Recipe recipe, TrainerOptions options) => new()
    {
        BatchSize = recipe.BatchSize,
        BatchesPerStep = recipe.Accumulate,
        Seed = recipe.Seed,
        Threads = options.DataThreads == 0 ? Math.Min(2, Environment.ProcessorCount) : options.DataThreads,
    };
}
